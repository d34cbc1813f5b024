using System.Net;
using Amazon.Runtime;

namespace Amazon.CertificateManager;

public class AmazonCertificateManagerException(
    string? message,
    Exception? innerException,
    ErrorType errorType,
    string? errorCode,
    string? requestId,
    HttpStatusCode statusCode
) : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
