using System.Reflection;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.OptOut;
using MaySend.Records;
using MaySend.Records.OptOuts;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaySend.Server.Tests.OptOut;

public class StoppingTests
{
    [Fact]
    public async Task A_server_that_stops_leaves_nothing_behind_that_was_broken_off()
    {
        await using var server = await Running.StartAsync();
        var beside = server.BesideRequests();
        beside.Select(service => service.GetType().Name).ShouldContain(nameof(SpoolDrain));
        await server.StopServerAsync();
        foreach (var service in beside)
            service.ExecuteTask!.Status.ShouldBe(TaskStatus.RanToCompletion, service.GetType().Name);
    }

    [Fact]
    public async Task A_store_that_breaks_off_because_the_server_stops_is_no_fault_and_the_wish_waits_on()
    {
        var folder = Directory.CreateTempSubdirectory("maysend-stopping-").FullName;
        var options = new RecordsOptions { DataFolder = folder };
        using (var spool = new Spool(options))
        {
            spool.Add(
                new OptOutRequest(1.ToString("x32"), 1, 1.ToString("x16"), OptOutExtent.Link, "", new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero))
            );
            var ledger = DispatchProxy.Create<ILedger, Broken>();
            var store = new EvidenceStore(ledger, TimeProvider.System);
            using var drain = new SpoolDrain(
                spool,
                new OptOutRegister(store, new ServerRecords(store)),
                options,
                TimeProvider.System,
                NullLogger<SpoolDrain>.Instance
            );
            await drain.StartAsync(default);
            await ((Broken)(object)ledger).Asked.Task;
            await drain.StopAsync(default);
            drain.ExecuteTask!.Status.ShouldBe(TaskStatus.RanToCompletion);
            spool.Waiting.ShouldBe(1);
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A store that answers nothing until it is told to stop, and then says that it cannot be reached.</summary>
    public class Broken : DispatchProxy
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            new ValueTask<Contact?>(AnswerAsync((CancellationToken)args![^1]!));

        async Task<Contact?> AnswerAsync(CancellationToken stopping)
        {
            Asked.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, stopping);
                return null;
            }
            catch (OperationCanceledException fault)
            {
                throw new LedgerUnavailableException(UnavailableBecause.Unreachable, "the connection was closed", fault);
            }
        }
    }
}
