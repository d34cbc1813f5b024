using Amazon.Lambda.Core;

namespace OriginWatch.Tests.Aws;

/// <summary>What the runtime hands to a function, with a deadline by the clock: the system's where none is given.</summary>
internal sealed class FakeLambdaContext(TimeSpan time, TimeProvider? clock = null) : ILambdaContext, ILambdaLogger
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly long _start = (clock ?? TimeProvider.System).GetTimestamp();

    public string AwsRequestId => "1";
    public IClientContext ClientContext => null!;
    public string FunctionName => "originwatch";
    public string FunctionVersion => "$LATEST";
    public ICognitoIdentity Identity => null!;
    public string InvokedFunctionArn => "arn:aws:lambda:us-east-1:123456789012:function:originwatch";
    public ILambdaLogger Logger => this;
    public string LogGroupName => "/originwatch/test";
    public string LogStreamName => "1";
    public int MemoryLimitInMB => 512;
    public TimeSpan RemainingTime => time - _clock.GetElapsedTime(_start);

    public void Log(string message) { }

    public void LogLine(string message) { }
}
