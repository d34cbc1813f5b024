namespace OriginWatch.Inventory.Terraform;

/// <summary>Addresses and references, e.g. <c>module.cdn["eu.west"].aws_lb.web[0].dns_name</c>: names joined by dots, each perhaps with an
/// index in brackets.</summary>
internal static class TerraformAddress
{
    /// <summary>The names of the modules of an address, without their indexes.</summary>
    public static IReadOnlyList<string> Modules(string address)
    {
        var parts = Parts(address);
        var modules = new List<string>();
        for (var index = 0; index + 1 < parts.Count && parts[index] == "module"; index += 2)
        {
            modules.Add(WithoutIndex(parts[index + 1]));
        }

        return modules;
    }

    /// <summary>The parts between dots; a dot in brackets is part of an index.</summary>
    public static IReadOnlyList<string> Parts(string address)
    {
        var parts = new List<string>();
        var (start, inBrackets) = (0, false);
        for (var index = 0; index < address.Length; index++)
        {
            switch (address[index])
            {
                case '[':
                    inBrackets = true;
                    break;
                case ']':
                    inBrackets = false;
                    break;
                case '.' when !inBrackets:
                    parts.Add(address[start..index]);
                    start = index + 1;
                    break;
            }
        }

        parts.Add(address[start..]);
        return parts;
    }

    public static string WithoutIndex(string part) =>
        part.IndexOf('[', StringComparison.Ordinal) is >= 0 and var bracket ? part[..bracket] : part;
}
