using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using OriginWatch.Inventory;

namespace OriginWatch.Tests.Inventory;

/// <summary>A pipe that nobody writes to ends the reading, whatever option named it: all of them read by
/// <see cref="BoundedFile"/>.</summary>
public sealed class SilentPipeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly FakeTimeProvider _time = new();

    private string Pipe => Path.Combine(_folder.FullName, "pipe");

    [Fact]
    public async Task Without_a_writer_it_is_not_waited_for_without_end()
    {
        MakePipe();
        var reading = BoundedFile.ReadAsync(Pipe, 1_000, _time, TestContext.Current.CancellationToken);
        _time.Advance(BoundedFile.Patience - TimeSpan.FromSeconds(1));
        reading.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await Should.ThrowAsync<InventoryException>(reading)).Message.ShouldStartWith(
            "It is a pipe or a device that sent nothing for 30 seconds."
        );
        using var writer = Writer(); // lets go of the thread that opens it
    }

    [Fact]
    public async Task With_a_writer_that_is_silent_neither()
    {
        MakePipe();
        using var writer = Writer();
        var reading = BoundedFile.ReadAsync(Pipe, 1_000, _time, TestContext.Current.CancellationToken);
        while (!reading.IsCompleted)
        {
            _time.Advance(BoundedFile.Patience);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        (await Should.ThrowAsync<InventoryException>(reading)).Message.ShouldContain("sent nothing for 30 seconds");
    }

    [Fact]
    public async Task What_is_written_in_time_is_read()
    {
        MakePipe();
        var reading = BoundedFile.ReadAsync(Pipe, 1_000, _time, TestContext.Current.CancellationToken);
        await using (var writer = new FileStream(Pipe, FileMode.Open, FileAccess.Write)) // opens once the reader has
        {
            await writer.WriteAsync("{}"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        (await reading).ToArray().ShouldBe("{}"u8.ToArray());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void MakePipe()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes have no path there");
        using var made = Process.Start("mkfifo", Pipe);
        made.WaitForExit();
    }

    /// <summary>Opened for both, as for a writer alone the system waits for a reader.</summary>
    private FileStream Writer() => new(Pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
}
