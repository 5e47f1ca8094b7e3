namespace MaySend.Cli;

/// <summary>What the program's exit status says; documented in docs/cli.md. Numbers from 64 follow sysexits.h.</summary>
static class ExitCode
{
    /// <summary>Done; for <c>ask</c>: permitted.</summary>
    public const int Done = 0;

    /// <summary>A check found something wrong.</summary>
    public const int CheckFailed = 1;

    /// <summary><c>ask</c>: refused.</summary>
    public const int Refused = 2;

    /// <summary><c>ask</c>: not shown.</summary>
    public const int NotShown = 3;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>An input is wrong; nothing was written.</summary>
    public const int BadInput = 65;

    /// <summary>A store or file cannot be reached now; try again.</summary>
    public const int Unavailable = 75;

    /// <summary>A fault of the program.</summary>
    public const int Fault = 70;

    /// <summary>Somebody stopped it before it was done.</summary>
    public const int Stopped = 130;
}
