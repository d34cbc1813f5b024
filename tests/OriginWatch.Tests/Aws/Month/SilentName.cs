using OriginWatch.Inventory;
using OriginWatch.Probing;

namespace OriginWatch.Tests.Aws.Month;

/// <summary>A name that nobody answers for as long as the run waits.</summary>
/// <param name="name">Which.</param>
/// <param name="asked">Happens when it is asked for.</param>
/// <param name="others">Answers for all others.</param>
internal sealed class SilentName(string name, Func<CancellationToken, Task> asked, INameResolver others) : INameResolver
{
    public async Task<NameResolution> ResolveAsync(
        string question,
        int port,
        IpAddressType addressType,
        CancellationToken cancellationToken
    )
    {
        if (question != name)
        {
            return await others.ResolveAsync(question, port, addressType, cancellationToken);
        }

        await asked(cancellationToken);
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new System.Diagnostics.UnreachableException();
    }
}
