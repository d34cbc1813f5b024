using System.Net;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace AwsStandIns.Runtime;

internal delegate AmazonServiceException ServiceFault(ErrorResponse error, Exception? innerException, HttpStatusCode statusCode);

internal sealed class RequestMarshaller(Func<AmazonWebServiceRequest, IRequest> marshal) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input) => marshal(input);
}

/// <summary>Reads a body in XML; a root of another name is handed on as null, as the official client leaves the member null.</summary>
internal sealed class XmlBody(string root, Func<XElement?, IWebResponseData, AmazonWebServiceResponse> read, ServiceFault fault)
    : XmlResponseUnmarshaller
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        using var reader = XmlReader.Create(
            input.Stream,
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null }
        );
        var element = XDocument.Load(reader).Root;
        var response = read(element?.Name.LocalName == root ? element : null, input.ResponseData);
        response.ResponseMetadata = new ResponseMetadata { RequestId = element?.Member("ResponseMetadata").Text("RequestId") };
        return response;
    }

    public override AmazonServiceException UnmarshallException(
        XmlUnmarshallerContext input,
        Exception innerException,
        HttpStatusCode statusCode
    ) => fault(XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input), innerException, statusCode);
}
