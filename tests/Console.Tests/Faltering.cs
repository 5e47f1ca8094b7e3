using System.Reflection;
using System.Runtime.ExceptionServices;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;

namespace MaySend.Console.Tests;

/// <summary>A ledger that can go away and come back, as a database does.</summary>
public class Faltering : DispatchProxy
{
    ILedger inner = null!;

    public bool IsAway { get; set; }

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
            return targetMethod!.Invoke(inner, args);
        }
        catch (TargetInvocationException fault)
        {
            ExceptionDispatchInfo.Throw(fault.InnerException!);
            throw;
        }
    }
}
