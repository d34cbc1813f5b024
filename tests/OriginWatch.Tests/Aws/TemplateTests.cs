using System.Reflection;
using System.Text.Json;
using Amazon.Lambda.Core;
using OriginWatch.Aws;
using OriginWatch.Aws.History;
using OriginWatch.Aws.Publishing;
using YamlDotNet.RepresentationModel;

namespace OriginWatch.Tests.Aws;

/// <summary>template.yaml names types, variables, metrics and actions by text; here the code is asked whether they exist.</summary>
public class TemplateTests
{
    private readonly YamlMappingNode _template = Load("template.yaml");

    [Fact]
    public void The_handler_is_the_handler()
    {
        var handler = Function("Handler").ToString().Split("::");
        var type = typeof(LambdaHandler).Assembly.GetType(handler[1]).ShouldNotBeNull();
        handler[0].ShouldBe(type.Assembly.GetName().Name);
        handler[1].ShouldBe(typeof(LambdaHandler).FullName);
        handler[2].ShouldBe(nameof(LambdaHandler.HandleAsync));
        type.GetConstructor(Type.EmptyTypes).ShouldNotBeNull("the runtime makes it");
        type.GetMethod(handler[2])!
            .GetParameters()
            .Select(parameter => parameter.ParameterType)
            .ShouldBe([typeof(JsonElement), typeof(ILambdaContext)]);
        type.Assembly.GetCustomAttribute<LambdaSerializerAttribute>().ShouldNotBeNull("the runtime asks the assembly for it");
    }

    [Fact]
    public void The_environment_variables_are_the_settings() =>
        Keys((YamlMappingNode)((YamlMappingNode)Function("Environment"))["Variables"])
            .ShouldBe(SettingDefinitions.All.Select(setting => setting.Name));

    [Fact]
    public void Limits_of_parameters_are_those_of_the_settings()
    {
        Parameter("Connections", "MaxValue").ShouldBe($"{OriginWatch.Probing.ProbeLimits.MaxConnections}");
        Parameter("Connections", "Default").ShouldBe($"{OriginWatch.Probing.ProbeLimits.DefaultConnections}");
    }

    [Fact]
    public void The_time_limit_leaves_time_to_publish() =>
        TimeSpan
            .FromSeconds(int.Parse(Function("Timeout").ToString(), System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBeGreaterThan(10 * LambdaHandler.Reserve);

    [Fact]
    public void Alarms_on_own_metrics_name_metrics_that_are_sent_with_the_dimensions_that_are_sent()
    {
        var alarms = Resources("AWS::CloudWatch::Alarm").Where(alarm => alarm["Namespace"].ToString() == RunMetrics.Namespace).ToList();
        alarms.ShouldNotBeEmpty();
        foreach (var alarm in alarms)
        {
            RunMetrics.All.Select(metric => metric.Name).ShouldContain(alarm["MetricName"].ToString());
            ((YamlSequenceNode)alarm["Dimensions"])
                .Select(dimension => dimension["Name"].ToString())
                .ShouldBe([RunMetrics.AccountDimension, RunMetrics.EnvironmentDimension]);
        }
    }

    [Fact]
    public void The_role_may_do_what_the_code_does_and_what_the_platform_needs()
    {
        string[] platform = ["logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage"];
        var granted = ((YamlSequenceNode)Resource("FunctionRole")["Policies"])
            .SelectMany(policy => (YamlSequenceNode)policy["PolicyDocument"]["Statement"])
            .SelectMany(statement =>
                statement["Action"] is YamlSequenceNode actions
                    ? actions.Select(action => action.ToString())
                    : [statement["Action"].ToString()]
            );
        granted
            .Order(StringComparer.Ordinal)
            .ShouldBe(IamActions.All.Select(permission => permission.Action).Concat(platform).Order(StringComparer.Ordinal));
    }

    /// <summary>Each in a policy of its own, under its own condition, so that with the defaults the role has none of them.</summary>
    [Fact]
    public void What_is_optional_is_granted_by_its_parameter_alone()
    {
        foreach (var (action, _, parameter, _) in IamActions.Optional)
        {
            Parameter(parameter, "Default").ShouldBe("no");
            var policy = ((YamlMappingNode)_template["Resources"]).Children.Values.Single(resource =>
                resource["Type"].ToString() == "AWS::IAM::RolePolicy" && resource["Properties"]["PolicyName"].ToString() == parameter
            );
            ((YamlSequenceNode)policy["Properties"]["PolicyDocument"]["Statement"])
                .Select(statement => statement["Action"].ToString())
                .ShouldBe([action]);
            ((YamlSequenceNode)_template["Conditions"][policy["Condition"].ToString()])
                .Select(node => node.ToString())
                .ShouldBe([parameter, "yes"]);
        }
    }

    [Fact]
    public void Topics_of_routes_are_granted_where_they_are_named_and_by_default_none_is()
    {
        Parameter("RouteTopicArns", "Default").ShouldBe("");
        _template["Resources"]["RoutePolicy"]["Condition"].ToString().ShouldBe("HasRouteTopics");
        var statement = ((YamlSequenceNode)Resource("RoutePolicy")["PolicyDocument"]["Statement"]).ShouldHaveSingleItem();
        ((YamlSequenceNode)statement["Action"])
            .Select(action => action.ToString())
            .ShouldBe([IamActions.GetTopicAttributes, IamActions.Publish]);
        statement["Resource"].ToString().ShouldBe("RouteTopicArns");
    }

    [Fact]
    public void The_role_may_read_the_objects_that_are_read_and_no_others()
    {
        var reading = ((YamlSequenceNode)Resource("FunctionRole")["Policies"])
            .SelectMany(policy => (YamlSequenceNode)policy["PolicyDocument"]["Statement"])
            .Single(statement => statement["Action"].ToString() == IamActions.GetObject);
        ((YamlSequenceNode)reading["Resource"])
            .Select(resource => resource.ToString())
            .ShouldBe(
                new[] { BucketPlace.StateKey, BucketPlace.SuppressionsKey, BucketPlace.RoutesKey, BucketPlace.RootsKey }.Select(key =>
                    $"${{Bucket.Arn}}/{key}"
                )
            );
    }

    [Fact]
    public void Both_environments_deploy_with_parameters_that_exist()
    {
        var parameters = Keys((YamlMappingNode)_template["Parameters"]).ToList();
        // The environment of the organization has a template of its own, which tests/template/organization.py checks.
        var lines = File.ReadAllLines(Path.Combine(Tools.Top, "samconfig.toml"))
            .TakeWhile(line => !line.StartsWith("[organization.", StringComparison.Ordinal))
            .ToList();
        lines.Count(line => line.EndsWith(".deploy.parameters]", StringComparison.Ordinal)).ShouldBe(2);
        foreach (var line in lines.Where(line => line.StartsWith("parameter_overrides", StringComparison.Ordinal)))
        {
            parameters.ShouldContain(line.Split('"')[1].Split('=')[0]);
        }
    }

    private static YamlMappingNode Load(string file)
    {
        using var reader = File.OpenText(Path.Combine(Tools.Top, file));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<string> Keys(YamlMappingNode node) => node.Children.Keys.Select(key => key.ToString());

    private YamlNode Function(string property) => Resource("OriginWatchFunction")[property];

    private YamlNode Resource(string name) => _template["Resources"][name]["Properties"];

    private string Parameter(string name, string property) => _template["Parameters"][name][property].ToString();

    private IEnumerable<YamlNode> Resources(string type) =>
        ((YamlMappingNode)_template["Resources"])
            .Children.Values.Where(resource => resource["Type"].ToString() == type)
            .Select(resource => resource["Properties"]);
}
