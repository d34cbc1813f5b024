namespace OriginWatch.Inventory;

/// <summary>
/// A text of a plan or a template that is not known yet stands as its expression, <c>${…}</c>: neither a host name nor a path pattern nor a
/// word of CloudFront's can hold that.
/// </summary>
internal static class PendingText
{
    private const string Opening = "${";

    public static bool Is(string? text) => text is not null && text.Contains(Opening, StringComparison.Ordinal);

    public static string Of(string expression) => $"{Opening}{expression}}}";

    /// <summary>The clause that says why an origin cannot be connected to yet; null where everything that it takes is known.</summary>
    /// <param name="members">The members that decide about the connection, with what people call them.</param>
    public static string? Reason(params IEnumerable<(IPendingBlock? Block, string Member, string Name)> members)
    {
        foreach (var (block, member, name) in members)
        {
            if (block?.WhyPending(member) is { } reason)
            {
                return $"its {name} is {reason}";
            }
        }

        return null;
    }
}

/// <summary>A part of a plan or a template, some of whose members may not be known yet.</summary>
internal interface IPendingBlock
{
    /// <summary>Null for a member that is known or absent; otherwise a clause such as <c>known only after apply
    /// (aws_lb.web.dns_name)</c>.</summary>
    string? WhyPending(string member);
}
