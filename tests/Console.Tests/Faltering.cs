using System.Reflection;
using System.Runtime.ExceptionServices;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;

namespace MaySend.Console.Tests;

/// <summary>A ledger that can go away and come back, as a database does, and whose answers can take time, as a database's do.</summary>
public class Faltering : DispatchProxy
{
    ILedger inner = null!;

    public bool IsAway { get; set; }

    /// <summary>True once no answer is there at once.</summary>
    public bool IsSlow { get; set; }

    public static (ILedger Ledger, Faltering Control) Over(ILedger inner)
    {
        var ledger = Create<ILedger, Faltering>();
        var control = (Faltering)(object)ledger;
        control.inner = inner;
        return (ledger, control);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (IsAway)
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                "the database at db.internal:5432 refused the connection of maysend_app"
            );
        try
        {
            var answer = targetMethod!.Invoke(inner, args);
            return IsSlow ? Later(answer, targetMethod.ReturnType) : answer;
        }
        catch (TargetInvocationException fault)
        {
            ExceptionDispatchInfo.Throw(fault.InnerException!);
            throw;
        }
    }

    static object? Later(object? answer, Type type)
    {
        if (!type.IsGenericType)
            return answer switch
            {
                Task task => WaitAsync(task),
                ValueTask task => new ValueTask(WaitAsync(task.AsTask())),
                _ => answer,
            };
        var how =
            type.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(OfTaskAsync)
            : type.GetGenericTypeDefinition() == typeof(ValueTask<>) ? nameof(OfValueTaskAsync)
            : type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>) ? nameof(OfManyAsync)
            : null;
        return how is null
            ? answer
            : typeof(Faltering)
                .GetMethod(how, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.GetGenericArguments())
                .Invoke(null, [answer]);
    }

    static async Task WaitAsync(Task task)
    {
        await Task.Delay(1);
        await task;
    }

    static async Task<T> OfTaskAsync<T>(Task<T> task)
    {
        await Task.Delay(1);
        return await task;
    }

    static async ValueTask<T> OfValueTaskAsync<T>(ValueTask<T> task)
    {
        await Task.Delay(1);
        return await task;
    }

    static async IAsyncEnumerable<T> OfManyAsync<T>(IAsyncEnumerable<T> many)
    {
        await Task.Delay(1);
        await foreach (var one in many)
            yield return one;
    }
}
