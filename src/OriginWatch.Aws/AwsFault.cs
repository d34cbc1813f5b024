using System.Net;
using System.Xml;
using Amazon.Runtime;
using OriginWatch.Reporting;
using OriginWatch.Text;

namespace OriginWatch.Aws;

internal enum AwsFaultKind
{
    Denied,
    NotFound,
    Throttled,
    NoCredentials,
    ExpiredCredentials,
    WrongCredentials,
    Unreadable,
    Unreachable,
    Other,
}

/// <summary>What went wrong with a call, in a sentence that says what to do.</summary>
internal sealed record AwsFault(AwsFaultKind Kind, string Sentence)
{
    private const int LongestMessage = 300;

    /// <param name="action">The IAM action, e.g. <c>cloudfront:ListDistributions</c>.</param>
    /// <param name="exception">What the SDK threw.</param>
    public static AwsFault Of(string action, Exception exception)
    {
        var kind = KindOf(exception);
        var said = exception is AmazonServiceException { ErrorCode: { Length: > 0 } code }
            ? $"{code}: {Escape.Text(exception.Message, LongestMessage)}"
            : Escape.Text(exception.Message, LongestMessage);
        return new(
            kind,
            kind switch
            {
                AwsFaultKind.Denied => $"AWS denied {action} ({said}). Allow the action {action} to this identity.",
                AwsFaultKind.NotFound => $"AWS knows nothing under the name that {action} was asked for ({said}).",
                AwsFaultKind.Throttled => $"AWS still throttled {action} after every retry ({said}). Run again later, or at another hour.",
                AwsFaultKind.NoCredentials => $"No AWS credentials were found ({FirstSentence(said)}). "
                    + "Name a profile with --profile or AWS_PROFILE, or sign in with \"aws sso login\" or "
                    + "\"aws configure\".",
                AwsFaultKind.ExpiredCredentials =>
                    $"The AWS credentials have expired ({said}). Sign in again, for example with \"aws sso login\".",
                AwsFaultKind.WrongCredentials =>
                    $"AWS does not accept the credentials ({said}). Check the access key, the secret key and the clock of this machine.",
                AwsFaultKind.Unreadable =>
                    $"The answer to {action} is not what AWS sends: {said} It was cut short, or a proxy answered instead.",
                AwsFaultKind.Unreachable =>
                    $"The endpoint for {action} could not be reached ({said}). Check the network, the proxy and AWS_ENDPOINT_URL.",
                _ => $"{action} failed ({said}).",
            }
        );
    }

    private static AwsFaultKind KindOf(Exception exception) =>
        exception switch
        {
            AmazonServiceException
            {
                ErrorCode: "AccessDenied" or "AccessDeniedException" or "AuthorizationError" or "UnauthorizedOperation"
            } => AwsFaultKind.Denied,
            AmazonServiceException { ErrorCode: "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" } =>
                AwsFaultKind.ExpiredCredentials,
            AmazonServiceException
            {
                ErrorCode: "InvalidClientTokenId"
                    or "UnrecognizedClientException"
                    or "SignatureDoesNotMatch"
                    or "IncompleteSignature"
                    or "MissingAuthenticationToken"
                    or "InvalidSecurity"
            } => AwsFaultKind.WrongCredentials,
            AmazonServiceException
            {
                ErrorCode: "Throttling"
                    or "ThrottlingException"
                    or "ThrottledException"
                    or "TooManyRequestsException"
                    or "RequestLimitExceeded"
                    or "SlowDown"
            } => AwsFaultKind.Throttled,
            AmazonServiceException { StatusCode: HttpStatusCode.TooManyRequests } => AwsFaultKind.Throttled,
            AmazonServiceException { StatusCode: HttpStatusCode.NotFound } => AwsFaultKind.NotFound,
            AmazonServiceException { StatusCode: HttpStatusCode.Forbidden } => AwsFaultKind.Denied,
            AmazonUnmarshallingException => AwsFaultKind.Unreadable,
            AmazonServiceException { StatusCode: default(HttpStatusCode) } => AwsFaultKind.Unreachable,
            AmazonServiceException => AwsFaultKind.Other,
            XmlException or FormatException => AwsFaultKind.Unreadable,
            AmazonClientException when Mentions(exception, "expired") => AwsFaultKind.ExpiredCredentials,
            AmazonClientException when Mentions(exception, "credential") || Mentions(exception, "SSO") => AwsFaultKind.NoCredentials,
            HttpRequestException or IOException or WebException or TimeoutException or TaskCanceledException => AwsFaultKind.Unreachable,
            _ => AwsFaultKind.Other,
        };

    private static bool Mentions(Exception exception, string word) =>
        exception.Message.Contains(word, StringComparison.OrdinalIgnoreCase)
        || (exception.InnerException is { } inner && Mentions(inner, word));

    /// <summary>The SDK goes on with what each of its providers had to say.</summary>
    private static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }
}
