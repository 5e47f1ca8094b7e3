using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Sqlite;

sealed partial class Writer
{
    abstract class Job
    {
        internal virtual bool Outside => false;

        internal abstract bool Alone { get; }

        internal abstract int Weight { get; }

        internal abstract void Run(Writer writer);

        internal abstract void Acknowledge();

        internal abstract void Fail(Exception fault);
    }

    sealed class ChangeJob<T>(Func<Session, Heads, T> change) : Job
    {
        T? result;

        internal TaskCompletionSource<T> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal override bool Alone => true;

        internal override int Weight => 1;

        internal override void Run(Writer writer) => result = change(writer.session, writer.heads);

        internal override void Acknowledge() => Answer.SetResult(result!);

        internal override void Fail(Exception fault) => Answer.SetException(fault);
    }

    sealed class OutsideJob<T>(Func<Session, T> act) : Job
    {
        T? result;

        internal TaskCompletionSource<T> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal override bool Outside => true;

        internal override bool Alone => true;

        internal override int Weight => 1;

        internal override void Run(Writer writer) => result = act(writer.session);

        internal override void Acknowledge() => Answer.SetResult(result!);

        internal override void Fail(Exception fault) => Answer.SetException(fault);
    }

    sealed class AppendJob(IReadOnlyList<SealedEntry> entries) : Job
    {
        Written[]? written;

        internal TaskCompletionSource<Written[]?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal override bool Alone => false;

        internal override int Weight => entries.Count;

        internal override void Run(Writer writer) => written = writer.Append(entries);

        internal override void Acknowledge() => Answer.SetResult(written);

        internal override void Fail(Exception fault) => Answer.SetException(fault);
    }
}
