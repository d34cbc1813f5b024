using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Inventory;

/// <summary>Whatever stands in a file, reading it ends in a listing that can be planned or in an
/// <see cref="InventoryException"/>.</summary>
public class HostileListingTests
{
    private static readonly string Whole = ListingJson.Page(ListingJson.Distribution()).ToJsonString();

    private static readonly Gen<string> Values = Gen.Int[0, 13]
        .Select(index =>
            new[]
            {
                "null",
                "true",
                "7",
                "-1",
                "1e300",
                "99999999999999999999",
                "\"\"",
                "\"app\"",
                "\"\\u0000\\u202e\"",
                "\"{{x}}\"",
                "\"*.*..\"",
                "[]",
                "{}",
                """{"Quantity":1,"Items":["x"]}""",
            }[index]
        );

    [Fact]
    public void Any_byte_may_be_wrong() =>
        Gen.Select(Gen.Int[0, Whole.Length - 1], Gen.Byte)
            .Array[1, 3]
            .Sample(
                changes =>
                {
                    var bytes = Encoding.UTF8.GetBytes(Whole);
                    foreach (var (place, value) in changes)
                    {
                        bytes[place] = value;
                    }

                    ReadOrRefuse(bytes);
                },
                iter: 2_000
            );

    [Fact]
    public void Any_value_may_be_another() =>
        Gen.Select(Gen.Int[0, 1000], Values)
            .Array[1, 3]
            .Sample(
                changes =>
                {
                    var document = JsonNode.Parse(Whole)!;
                    foreach (var (place, value) in changes)
                    {
                        var places = Places(document).ToList();
                        places[place % places.Count](JsonNode.Parse(value));
                    }

                    ReadOrRefuse(Encoding.UTF8.GetBytes(document.ToJsonString()));
                },
                iter: 2_000
            );

    [Fact]
    public void It_may_end_anywhere()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<InventoryException>(() => FileInventory.Read(cut, "cut"));
        }
    }

    [Theory]
    [InlineData("""{"DistributionList":{"Items":[{"\ud800":1}]}}""")]
    [InlineData("""{"DistributionList":{"Items":[{"Id":"\ud800"}]}}""")]
    public void Half_a_surrogate_pair_is_refused(string json) =>
        Should.Throw<InventoryException>(() => FileInventory.Read(Encoding.UTF8.GetBytes(json), "half"));

    [Fact]
    public void Endless_nesting_is_refused() =>
        Should.Throw<InventoryException>(() => FileInventory.Read(Encoding.UTF8.GetBytes(new string('[', 100_000)), "deep"));

    private static void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            TargetPlanner
                .Plan(FileInventory.Read(bytes, "hostile"))
                .Origins.ShouldAllBe(use => use.Names.Count > 0 || use.NotProbedBecause != null);
        }
        catch (InventoryException exception)
        {
            exception.Message.ShouldNotContain("secret");
        }
    }

    /// <summary>A setter for every value in the document.</summary>
    private static IEnumerable<Action<JsonNode?>> Places(JsonNode? node) =>
        node switch
        {
            JsonObject branch => branch
                .Select(member => member.Key)
                .ToList()
                .SelectMany(key => Places(branch[key]).Prepend(value => branch[key] = value)),
            JsonArray list => Enumerable
                .Range(0, list.Count)
                .SelectMany(index => Places(list[index]).Prepend(value => list[index] = value)),
            _ => [],
        };
}
