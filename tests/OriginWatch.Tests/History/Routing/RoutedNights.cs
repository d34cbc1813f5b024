using OriginWatch.History;

namespace OriginWatch.Tests.History.Routing;

/// <summary>Topics and routes as the tests of nights have them.</summary>
internal static class RoutedNights
{
    public const string Shop = "arn:aws:sns:eu-central-1:111122223333:shop";
    public const string News = "arn:aws:sns:eu-central-1:111122223333:news";

    /// <summary>E1SHOP to one topic, E2NEWS to another, everything else to the default one.</summary>
    public const string Both =
        $"routes:\n  - {{name: shop, topic: '{Shop}', distribution: E1SHOP}}\n  - {{name: news, topic: '{News}', distribution: E2NEWS}}\n";

    public static Nights Routed(string routes = Both) => new() { Store = { Routes = routes } };

    /// <summary>Subjects of what a topic got, without the verdict's brackets' end and the installation.</summary>
    public static IReadOnlyList<string> SubjectsTo(this Nights nights, string? topic) => [.. nights.To(topic).Select(mail => mail.Subject)];

    public static IReadOnlyList<DigestMessage> To(this Nights nights, string? topic) =>
        [.. nights.Mailbox.Where(mail => mail.Topic == topic)];
}
