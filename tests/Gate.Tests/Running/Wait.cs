namespace MaySend.Gate.Tests.Running;

/// <summary>For what another process does in its own time: looks again and again, and gives up after three minutes with what is known: the
/// machine may have much else to do.</summary>
static class Wait
{
    public static async Task UntilAsync(Func<bool> isSo, Func<string>? orSay = null)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            if (tries == 1800)
                throw new TimeoutException($"it did not come to pass in three minutes; {orSay?.Invoke()}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }
}
