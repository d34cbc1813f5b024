using Amazon.Runtime;
using OriginWatch.Aws;
using OriginWatch.Inventory;

namespace OriginWatch.Tests.Aws;

public class AwsInventoryTests
{
    [Fact]
    public void A_profile_that_does_not_exist_is_named() =>
        Should
            .Throw<InventoryException>(() => AwsInventory.Create("no-such-profile-of-originwatch", null))
            .Message.ShouldBe(
                "There is no AWS profile \"no-such-profile-of-originwatch\" in ~/.aws/config or ~/.aws/credentials. \"aws configure list-profiles\" names those that exist."
            );

    [Fact]
    public void A_region_that_does_not_exist_is_named() =>
        Should
            .Throw<InventoryException>(() => AwsInventory.Create(null, "us-moon-1"))
            .Message.ShouldBe("There is no AWS region \"us-moon-1\"; write it as in us-east-1.");

    [Theory]
    [InlineData(
        "Failed to resolve AWS credentials. The credential providers used to search for credentials returned the following errors",
        AwsFaultKind.NoCredentials
    )]
    [InlineData("SSO Token does not exist for the profile", AwsFaultKind.NoCredentials)]
    [InlineData("The SSO session has expired or is otherwise invalid", AwsFaultKind.ExpiredCredentials)]
    internal void Credentials_that_are_not_there_become_one_sentence(string message, AwsFaultKind expected)
    {
        var fault = AwsFault.Of("sts:GetCallerIdentity", new AmazonClientException(message));
        fault.Kind.ShouldBe(expected);
        fault.Sentence.ShouldNotContain("\n");
        fault.Sentence.ShouldNotContain("providers");
    }

    [Fact]
    public void What_a_service_says_cannot_break_a_line_or_fill_a_page()
    {
        var sentence = AwsFault.Of("sns:Publish", new AmazonServiceException($"one\ntwo\u001b[31m{new string('x', 5000)}")).Sentence;
        sentence.Length.ShouldBeLessThan(500);
        sentence.ShouldAllBe(character => !char.IsControl(character));
    }

    [Fact]
    public void The_build_says_which_packages_it_is_on() => AwsPackages.Name.ShouldBeOneOf("stand-ins", "official");
}
