using System.Text;
using Microsoft.Extensions.Time.Testing;
using OriginWatch.History;

namespace OriginWatch.Tests.History;

public sealed class FolderRunStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("originwatch-");
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_folder_without_a_state_is_a_first_run()
    {
        (await New().ReadStateAsync(_cancel)).ShouldBeNull();
        (
            await new FolderRunStore(Path.Combine(_folder.FullName, "not", "yet"), null, TimeProvider.System).ReadStateAsync(_cancel)
        ).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_written_is_read_under_the_version_of_the_write()
    {
        var store = new FolderRunStore(Path.Combine(_folder.FullName, "made", "for", "it"), null, TimeProvider.System);
        var written = await store.WriteStateAsync(Bytes("one"), null, _cancel);
        var read = (await store.ReadStateAsync(_cancel)).ShouldNotBeNull();
        Encoding.UTF8.GetString(read.Content.Span).ShouldBe("one");
        read.Version.ShouldBe(written.Version);
        (await store.WriteStateAsync(Bytes("two"), read.Version, _cancel)).IsConflict.ShouldBeFalse();
    }

    [Fact]
    public async Task Suppressions_from_a_device_without_end_are_refused()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero here");
        (
            await Should.ThrowAsync<RunStoreException>(() =>
                new FolderRunStore(_folder.FullName, "/dev/zero", TimeProvider.System).ReadSuppressionsAsync(_cancel)
            )
        ).Message.ShouldContain("larger than 256 KiB");
    }

    [Fact]
    public async Task What_is_remembered_is_for_its_user_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var store = New();
        await store.WriteStateAsync(Bytes("one"), null, _cancel);
        await store.WriteReportAsync(new("2026/report.json", new MemoryStream(Encoding.UTF8.GetBytes("{}")), "application/json"), _cancel);

        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(file.FullName).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.Name);
            }
        }

        _folder
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => file.Name)
            .ShouldBe(["lock", "state.json", "report.json"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_write_that_expects_something_else_is_a_conflict_and_changes_nothing()
    {
        var store = New();
        (await store.WriteStateAsync(Bytes("one"), "never", _cancel)).IsConflict.ShouldBeTrue();
        var first = await store.WriteStateAsync(Bytes("one"), null, _cancel);
        (await store.WriteStateAsync(Bytes("two"), null, _cancel)).IsConflict.ShouldBeTrue();
        await store.WriteStateAsync(Bytes("three"), first.Version, _cancel);
        (await store.WriteStateAsync(Bytes("four"), first.Version, _cancel)).IsConflict.ShouldBeTrue();
        (await File.ReadAllTextAsync(store.Location, _cancel)).ShouldBe("three");
    }

    [Fact]
    public async Task Of_many_writers_at_once_one_wins_each_round()
    {
        var version = (await New().WriteStateAsync(Bytes("start"), null, _cancel)).Version;
        var writes = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => Task.Run(() => New().WriteStateAsync(Bytes($"writer {i}"), version, _cancel), _cancel))
        );
        writes.Count(write => !write.IsConflict).ShouldBe(1);
    }

    [Fact]
    public async Task A_lock_file_left_by_a_killed_run_holds_nobody_up_and_its_half_written_file_is_removed()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "lock"), "", _cancel);
        var leftover = Path.Combine(_folder.FullName, "state.json.0123.tmp");
        await File.WriteAllTextAsync(leftover, "half", _cancel);
        (await New().WriteStateAsync(Bytes("one"), null, _cancel)).IsConflict.ShouldBeFalse();
        File.Exists(leftover).ShouldBeFalse();
    }

    [Fact]
    public async Task A_lock_that_is_really_held_is_waited_for_and_then_named()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(11) };
        var path = Path.Combine(_folder.FullName, "lock");
        using var holder = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var exception = await Should.ThrowAsync<RunStoreException>(() =>
            new FolderRunStore(_folder.FullName, null, time).WriteStateAsync(Bytes("one"), null, _cancel)
        );
        exception.Message.ShouldBe($"Another run has been holding {path} for more than 10 seconds. Wait until it has ended.");
    }

    [Fact]
    public async Task What_is_kept_aside_never_replaces_what_was_kept_before()
    {
        var store = New(new FakeTimeProvider(Night.First));
        await store.WriteStateAsync(Bytes("bad"), null, _cancel);
        var first = await store.KeepStateAsideAsync(_cancel);
        var second = await store.KeepStateAsideAsync(_cancel);
        Path.GetFileName(first).ShouldBe("state-kept-20261101T060000Z.json");
        Path.GetFileName(second).ShouldBe("state-kept-20261101T060000Z-2.json");
        (await File.ReadAllTextAsync(first, _cancel)).ShouldBe("bad");
        File.Exists(store.Location).ShouldBeTrue();
    }

    [Fact]
    public async Task Reports_go_under_reports_and_nowhere_else()
    {
        await New().WriteReportAsync(new("2026/11/report.html", new MemoryStream(Encoding.UTF8.GetBytes("<html>")), "text/html"), _cancel);
        (await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "reports", "2026", "11", "report.html"), _cancel)).ShouldBe("<html>");
        foreach (var name in new[] { "../state.json", "/etc/x", "a//b", "a/./b", "..", "a\\b", "c:x" })
        {
            await Should.ThrowAsync<ArgumentException>(() =>
                New().WriteReportAsync(new(name, new MemoryStream(Encoding.UTF8.GetBytes("")), "text/html"), _cancel)
            );
        }
    }

    [Fact]
    public async Task A_state_that_is_too_long_comes_back_cut_and_is_not_usable()
    {
        await using (var file = File.Create(Path.Combine(_folder.FullName, "state.json")))
        {
            file.SetLength(RunStateJson.MaxBytes + 100L);
        }

        var read = (await New().ReadStateAsync(_cancel)).ShouldNotBeNull();
        read.Content.Length.ShouldBe(RunStateJson.MaxBytes + 1);
        RunStateJson.Read(read.Content).ShouldBeOfType<StateReading.Unusable>();
    }

    [Fact]
    public async Task Suppressions_are_read_where_they_are_named_and_a_missing_file_is_a_failure()
    {
        (await New().ReadSuppressionsAsync(_cancel)).ShouldBeNull();
        var path = Path.Combine(_folder.FullName, "mute.yaml");
        var store = new FolderRunStore(_folder.FullName, path, TimeProvider.System);
        (await Should.ThrowAsync<RunStoreException>(() => store.ReadSuppressionsAsync(_cancel))).Message.ShouldContain(path);
        await File.WriteAllTextAsync(path, "suppressions: []", _cancel);
        (await store.ReadSuppressionsAsync(_cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_clear_failure()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", _cancel);
        var exception = await Should.ThrowAsync<RunStoreException>(() =>
            new FolderRunStore(file, null, TimeProvider.System).WriteStateAsync(Bytes("one"), null, _cancel)
        );
        exception.Message.ShouldContain($"writing {Path.Combine(file, "state.json")}");
        exception.Message.ShouldEndWith("Check that the folder exists, may be written and is not full.");
    }

    private FolderRunStore New(TimeProvider? time = null) => new(_folder.FullName, null, time ?? TimeProvider.System);

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
