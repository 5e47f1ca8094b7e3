global using FactAttribute = MaySend.Server.Tests.TimedFactAttribute;
global using TheoryAttribute = MaySend.Server.Tests.TimedTheoryAttribute;
using System.Runtime.CompilerServices;

namespace MaySend.Server.Tests;

/// <summary>A fact that fails by its name when it has no end: a server that hangs must not hang the run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TimedFactAttribute : Xunit.FactAttribute
{
    /// <summary>Far more than any of these tests takes, in milliseconds.</summary>
    public const int Limit = 120_000;

    public TimedFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Timeout = Limit;
}

/// <summary>A theory with the same limit for each of its cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TimedTheoryAttribute : Xunit.TheoryAttribute
{
    public TimedTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Timeout = TimedFactAttribute.Limit;
}
