using System.Diagnostics;
using System.Text;
using MaySend.Acceptance.Stores;

namespace MaySend.Acceptance.Mail;

/// <summary>The program left running, with what it says.</summary>
sealed class Program : IAsyncDisposable
{
    readonly Process process;
    readonly StringBuilder said = new();

    Program(Process process) => this.process = process;

    public string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    /// <summary>Starts it, and waits for a line that begins so.</summary>
    public static async Task<Program> StartAsync(Shell shell, string arguments, string isUp)
    {
        var program = new Program(shell.Start(arguments));
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(string? line)
        {
            lock (program.said)
                program.said.AppendLine(line);
            if (line?.StartsWith(isUp, StringComparison.Ordinal) == true)
                up.TrySetResult();
        }
        program.process.EnableRaisingEvents = true;
        program.process.Exited += (_, _) => up.TrySetException(new InvalidOperationException($"it ended: {program.Said}"));
        program.process.OutputDataReceived += (_, heard) => Hear(heard.Data);
        program.process.ErrorDataReceived += (_, heard) => Hear(heard.Data);
        program.process.BeginOutputReadLine();
        program.process.BeginErrorReadLine();
        await up.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return program;
    }

    /// <summary>The word behind these.</summary>
    public string Word(string behind) =>
        Said.Split('\n').First(line => line.StartsWith(behind, StringComparison.Ordinal))[behind.Length..].Split(' ')[0].Trim();

    /// <summary>As a machine that fails: nothing is finished, nothing is closed.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>As a service manager stops it.</summary>
    public async Task StopAsync()
    {
        using (var stop = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await stop.WaitForExitAsync();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
