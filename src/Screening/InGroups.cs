using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Dataflow;
using MaySend.Screening.Audiences;

namespace MaySend.Screening;

/// <summary>
/// People decided in groups, on every processor, and told in their order. Memory does not grow with the audience: no more groups are at
/// hand than a few for each processor.
/// </summary>
static class InGroups
{
    const int Together = 256;

    /// <summary>Decides everybody.</summary>
    /// <param name="people">Who.</param>
    /// <param name="newLane">Makes what one thread works with: a group of people in, their answers out.</param>
    /// <param name="tell">Gets each group's answers, one group at a time but on any thread.</param>
    /// <param name="cancellation">Stops it between two groups.</param>
    /// <remarks>Whatever throws, in the audience, in a decision or in <paramref name="tell"/>, ends it and is thrown here.</remarks>
    public static void Decide<T>(
        IEnumerable<Person> people,
        Func<Func<Person[], T[]>> newLane,
        Action<T[]> tell,
        CancellationToken cancellation
    )
    {
        var idle = new ConcurrentStack<Func<Person[], T[]>>();
        var processors = Environment.ProcessorCount;
        var decide = new TransformBlock<Person[], T[]>(
            group =>
            {
                var lane = idle.TryPop(out var free) ? free : newLane();
                var answers = lane(group);
                idle.Push(lane);
                return answers;
            },
            new ExecutionDataflowBlockOptions
            {
                MaxDegreeOfParallelism = processors,
                BoundedCapacity = processors * 2,
                EnsureOrdered = true,
            }
        );
        var told = new ActionBlock<T[]>(tell, new ExecutionDataflowBlockOptions { BoundedCapacity = 2 });
        decide.LinkTo(told, new DataflowLinkOptions { PropagateCompletion = true });
        // Nobody takes what is decided any more: whoever feeds must not wait for room.
        _ = told.Completion.ContinueWith(
            ended => ((IDataflowBlock)decide).Fault(ended.Exception!),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
        Feed(people, decide, cancellation);
        Settle(told.Completion);
    }

    static void Feed<T>(IEnumerable<Person> people, TransformBlock<Person[], T[]> decide, CancellationToken cancellation)
    {
        try
        {
            foreach (var group in people.Chunk(Together))
            {
                cancellation.ThrowIfCancellationRequested();
                // A block that has failed takes nothing more.
                if (!decide.SendAsync(group).GetAwaiter().GetResult())
                    break;
            }
            decide.Complete();
        }
        catch (Exception fault)
        {
            ((IDataflowBlock)decide).Fault(fault);
        }
    }

    static void Settle(Task completion)
    {
        try
        {
            completion.Wait();
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.Flatten().InnerExceptions[0]);
        }
    }
}
