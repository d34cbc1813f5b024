namespace OriginWatch.Trust.Paths;

/// <summary>Whether a common name looks like the name of a host, as AWS-LC decides it before it compares one with name constraints
/// (cn2dnsid).</summary>
internal static class HostLikeName
{
    internal enum Kind
    {
        /// <summary>Some other text.</summary>
        Other,

        /// <summary>Two labels or more of letters, digits, hyphens and underscores; a wildcard may lead.</summary>
        Host,

        /// <summary>It has dots like a host's name and characters that none has.</summary>
        Unreadable,
    }

    public static Kind Read(string commonName)
    {
        var name = commonName.TrimEnd('\0');
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            return Kind.Unreadable;
        }

        var labels = name.Length > 2 && name.StartsWith("*.", StringComparison.Ordinal) ? name.AsSpan(2) : name;
        var (hasDot, isForeign) = (false, false);
        for (var index = 0; index < labels.Length; index++)
        {
            var character = labels[index];
            if (char.IsAsciiLetterOrDigit(character) || character == '_')
            {
                continue;
            }

            if (character is >= '\u0080' or <= ' ' or '\u007f')
            {
                isForeign = true;
                continue;
            }

            var isWithin = index > 0 && index < labels.Length - 1;
            if (isWithin && character == '.' && labels[index + 1] is not ('.' or '-') && labels[index - 1] != '-')
            {
                hasDot = true;
            }
            else if (!isWithin || character != '-')
            {
                return Kind.Other;
            }
        }

        return (hasDot, isForeign) switch
        {
            (false, _) => Kind.Other,
            (true, true) => Kind.Unreadable,
            _ => Kind.Host,
        };
    }
}
