using System.ComponentModel;
using System.Diagnostics;

namespace OriginWatch.Tests.Aws;

/// <summary>Programs and scripts that some tests need and not every machine has.</summary>
internal static class Tools
{
    /// <summary>The folder of template.yaml.</summary>
    public static string Top { get; } = FindTop();

    /// <summary>A file beside the source of the tests.</summary>
    public static string InTests(params string[] path) => Path.Combine([Top, "tests", "OriginWatch.Tests", .. path]);

    /// <summary>Leaves a long test to a step of the gate, so that the suite stays short.</summary>
    public static void SkipUnlessLong() =>
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("ORIGINWATCH_LONG") == "1",
            "It takes long: .ci/run long runs it, or ORIGINWATCH_LONG=1."
        );

    /// <summary>Skips the test and says why; in CI nothing may be missing, so there it fails.</summary>
    public static void SkipOrFail(string? missing)
    {
        if (missing is null)
        {
            return;
        }

        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Fail(missing);
        }

        Assert.Skip(missing);
    }

    /// <summary>Why python3 cannot import them; null when it can.</summary>
    /// <param name="modules">Separated by commas.</param>
    public static async Task<string?> MissingPythonAsync(string modules)
    {
        try
        {
            await RunAsync("python3", ["-c", $"import {modules}"]);
            return null;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            return $"python3 with {modules} is needed: {exception.Message}";
        }
    }

    public static Process Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Remove("AWS_PROFILE");
        start.Environment["AWS_ACCESS_KEY_ID"] = start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        return Process.Start(start)!;
    }

    /// <summary>Standard output of a program that must succeed.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? input = null)
    {
        using var process = Start(program, arguments);
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await output} {await error}");
    }

    private static string FindTop()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "template.yaml")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("template.yaml stands nowhere above the tests");
        }

        return folder.FullName;
    }
}
