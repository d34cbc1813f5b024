namespace OriginWatch.Targets;

/// <summary>A name under which viewers come.</summary>
/// <param name="Name">As the distribution lists it, or made up under a wildcard.</param>
/// <param name="Role">Where it comes from.</param>
/// <param name="Decides">False where the outcome is only informational.</param>
/// <param name="IsInvented">True for a label that nobody is known to ask for.</param>
internal sealed record ViewerName(string Name, ServerNameRole Role, bool Decides = true, bool IsInvented = false);

/// <summary>
/// Listed names speak for the wildcards above them, whatever the number of labels
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html, "Using the * wildcard").
/// A wildcard without any gets a label that nobody is known to ask for, which never decides beside listed names.
/// </summary>
internal static class ViewerNames
{
    public static IEnumerable<ViewerName> Of(IEnumerable<string> names, ServerNameRole role)
    {
        var all = names.Select(ServerNames.Normalize).ToList();
        var listed = all.FindAll(name => !ServerNames.IsWildcard(name));
        return listed
            .Select(name => new ViewerName(name, role))
            .Concat(
                all.Where(name =>
                        ServerNames.IsWildcard(name) && !listed.Exists(other => other.EndsWith(name[1..], StringComparison.Ordinal))
                    )
                    .Select(wildcard => new ViewerName(ServerNames.Concrete(wildcard), role, Decides: listed.Count == 0, IsInvented: true))
            );
    }
}
