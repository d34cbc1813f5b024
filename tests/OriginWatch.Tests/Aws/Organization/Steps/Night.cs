namespace OriginWatch.Tests.Aws.Organization.Steps;

/// <summary>The time that a test says, with timers that run.</summary>
internal sealed class Night(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
