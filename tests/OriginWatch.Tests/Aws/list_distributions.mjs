// Lists an endpoint's distributions with AWS's JavaScript client.
//   node list_distributions.mjs URL     must stand beside node_modules/@aws-sdk/client-cloudfront
import { CloudFrontClient, paginateListDistributions } from "@aws-sdk/client-cloudfront";

const client = new CloudFrontClient({ region: "us-east-1", endpoint: process.argv[2], credentials: { accessKeyId: "test", secretAccessKey: "test" } });
const pages = [];
for await (const page of paginateListDistributions({ client }, {})) {
  pages.push(page.DistributionList.Items ?? []);
}
const first = pages[0][0];
const protocols = first.Origins.Items[0].CustomOriginConfig.OriginSslProtocols.Items;
console.log(JSON.stringify({ pages: pages.length, distributions: pages.flat().length, first: first.Id, protocols }));
