using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OriginWatch.Benchmarks.Measuring;

/// <summary>A process of ours. Disposing ends it and what it started, however the benchmark ends.</summary>
internal sealed partial class Child : IDisposable
{
    /// <summary>This one, in its folder.</summary>
    public const string Program = "OriginWatch.Benchmarks.dll";

    private const int TicksPerSecond = 100;
    private const int Sigterm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly Process _process;

    private Child(Process process) => _process = process;

    /// <summary>The command line that runs this program.</summary>
    public static IReadOnlyList<string> Self =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, Program)]
            : [Environment.ProcessPath!];

    public StreamReader Output => _process.StandardOutput;

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Everything it wrote must be read as well.</summary>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>The most memory that was resident so far, in bytes.</summary>
    public long PeakBytes =>
        1024
        * long.Parse(
            File.ReadLines($"/proc/{_process.Id}/status")
                .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture
        );

    /// <summary>User and system time so far, from the kernel's ticks of 10 ms.</summary>
    public TimeSpan Cpu
    {
        get
        {
            var fields = File.ReadAllText($"/proc/{_process.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var spent = fields[11..13].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture));
            return TimeSpan.FromSeconds(spent / TicksPerSecond);
        }
    }

    public static Child Start(string program, params IEnumerable<string> arguments)
    {
        var process = Process.Start(StartInfo(program, arguments)) ?? throw new InvalidOperationException($"{program} did not start");
        process.ErrorDataReceived += static (_, line) => Console.Error.Write(line.Data is { Length: > 0 } text ? $"{text}\n" : "");
        process.BeginErrorReadLine();
        return new(process);
    }

    /// <summary>This program again, for a part that needs a process of its own.</summary>
    public static Child StartSelf(params IEnumerable<string> arguments) => Start(Self[0], [.. Self.Skip(1), .. arguments]);

    /// <summary>Runs a program to its end and gives what it wrote; throws when it failed.</summary>
    public static async Task<Finished> RunAsync(
        string program,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken,
        bool mayFail = false
    )
    {
        using var process = Process.Start(StartInfo(program, arguments)) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        var finished = new Finished(process.ExitCode, await output, await error);
        return mayFail || finished.Code == 0
            ? finished
            : throw new InvalidOperationException(
                $"{program} ended with {finished.Code}: {(finished.Error.Length > 0 ? finished.Error : finished.Output)}"
            );
    }

    /// <summary>User and system time of a command, by the shell's own clock.</summary>
    public static async Task<(TimeSpan Cpu, Finished Result)> TimeAsync(
        string program,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken
    )
    {
        var result = await RunAsync(
            "bash",
            ["-c", "TIMEFORMAT='%3U %3S'; time \"$@\"", "bash", program, .. arguments],
            cancellationToken,
            mayFail: true
        );
        var times = result.Error.TrimEnd().Split('\n')[^1].Split(' ');
        return (TimeSpan.FromSeconds(times.Sum(time => double.Parse(time, CultureInfo.InvariantCulture))), result);
    }

    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Append("/usr/sbin")
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    public void Dispose()
    {
        if (!_process.HasExited && (Terminate(_process.Id, Sigterm) != 0 || !_process.WaitForExit(Patience)))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    /// <summary>Asks first: a server that is killed leaves its workers behind.</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Terminate(int process, int signal);

    private static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // no build server outlives a measurement
        info.Environment["PATH"] = $"{info.Environment["PATH"]}:/usr/sbin:/sbin";
        return info;
    }
}

internal sealed record Finished(int Code, string Output, string Error);
