using System.Diagnostics;
using Amazon.Lambda.Core;

namespace OriginWatch.Tests.Aws;

/// <summary>What the runtime hands to a function, with a real deadline.</summary>
internal sealed class FakeLambdaContext(TimeSpan time) : ILambdaContext, ILambdaLogger
{
    private readonly Stopwatch _running = Stopwatch.StartNew();

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
    public TimeSpan RemainingTime => time - _running.Elapsed;

    public void Log(string message) { }

    public void LogLine(string message) { }
}
