using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace OriginWatch.Tests;

/// <summary>The rooms of the engine in order: each imports only rooms before it.</summary>
public sealed partial class DirectionTests
{
    /// <summary>A row may hold rooms that do not know each other.</summary>
    private static readonly string[][] Rooms =
    [
        ["Tls", "Names", "Text"],
        ["Inventory"],
        ["Targets"],
        ["Probing", "Edge", "Trust"],
        ["Rules"],
        ["Audit"],
        ["History", "Reporting"],
        ["Mail"],
        ["Loopback"],
        ["SelfTest"],
    ];

    [Fact]
    public void Every_room_of_the_engine_has_a_place_in_the_order() =>
        Directory
            .GetDirectories(Engine)
            .Select(Path.GetFileName)
            .Where(name => name is not ("obj" or "bin"))
            .Except(Rooms.SelectMany(row => row))
            .ShouldBeEmpty();

    [Fact]
    public void Every_room_imports_only_rooms_before_it() =>
        Files()
            .SelectMany(file =>
                Imports(file.Room, file.Text)
                    .Where(room => Level(room) >= Level(file.Room))
                    .Select(room => $"{file.Room}/{file.Name} imports {room}")
            )
            .ShouldBeEmpty();

    [Fact]
    public void No_file_stands_outside_the_rooms() => Directory.GetFiles(Engine, "*.cs").Select(Path.GetFileName).ShouldBeEmpty();

    [Fact]
    public void The_rooms_of_the_functions_and_of_the_command_line_depend_on_the_engine_alone()
    {
        var sources = Directory.GetParent(Engine)!.FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(sources, "OriginWatch.Aws"), "*.cs", SearchOption.AllDirectories))
        {
            File.ReadAllText(file).ShouldNotContain("using OriginWatch.Cli", customMessage: file);
        }
    }

    [Theory]
    [InlineData("Trust", "using OriginWatch.Probing;", "Probing")]
    [InlineData("Trust", "using static OriginWatch.Rules.Severity;", "Rules")]
    [InlineData("Text", "using X = OriginWatch.Names.DomainNames;", "Names")]
    [InlineData("Rules", "var x = OriginWatch.Audit.OriginKey.Of(y);", "Audit")]
    [InlineData("Rules", "var x = Audit.OriginKey.Of(y);", "Audit")]
    public void A_reference_in_any_spelling_is_an_import(string room, string text, string imported) =>
        Imports(room, text).ShouldHaveSingleItem().ShouldBe(imported);

    private static string Engine => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../src/OriginWatch"));

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static IEnumerable<(string Room, string Name, string Text)> Files() =>
        Directory
            .GetFiles(Engine, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Parts: Path.GetRelativePath(Engine, path).Split(Path.DirectorySeparatorChar), Path: path))
            .Where(file => file.Parts is [not ("obj" or "bin"), _, ..])
            .Select(file => (file.Parts[0], string.Join('/', file.Parts[1..]), File.ReadAllText(file.Path)));

    private static IEnumerable<string> Imports(string room, string text) =>
        Rooms.SelectMany(row => row).Where(other => other != room && Reference(other).IsMatch(WithoutComments().Replace(text, "")));

    private static int Level(string room) => Array.FindIndex(Rooms, row => row.Contains(room, StringComparer.Ordinal));

    /// <summary>The full name of a room, or a room's name before a type's, as C# resolves it from inside OriginWatch.</summary>
    private static Regex Reference(string room) =>
        new($@"\bOriginWatch\.{room}\b|(?<![\w.""]){room}\.[A-Z]\w+\.[A-Z]", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    [GeneratedRegex("//[^\n]*|\"[^\"\n]*\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex WithoutComments();
}
