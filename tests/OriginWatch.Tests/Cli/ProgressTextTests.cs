using Microsoft.Extensions.Time.Testing;
using OriginWatch.Audit;
using OriginWatch.Cli;

namespace OriginWatch.Tests.Cli;

public class ProgressTextTests
{
    private const int Wide = 100;
    private readonly FakeTimeProvider _time = new();
    private readonly ProgressText _text;

    public ProgressTextTests() => _text = new(_time, ProgressText.Listing);

    [Fact]
    public void Says_that_distributions_are_listed_before_anything_is_known() => _text.Line(Wide).ShouldBe("listing distributions");

    [Fact]
    public void Says_that_a_host_is_probed_where_nothing_is_listed() =>
        new ProgressText(_time, ProgressText.Starting).Line(Wide).ShouldBe("probing");

    [Fact]
    public void Says_how_far_it_is_and_how_long_it_takes()
    {
        _text.Report(new(5084, 0, 0, Confirming: false));
        _time.Advance(TimeSpan.FromSeconds(2));
        _text.Report(new(5084, 120, 23, Confirming: false));
        _text.Line(Wide).ShouldBe("probing 120 of 5,084 targets, 23 failing");
        _time.Advance(TimeSpan.FromSeconds(8));
        _text.Report(new(5084, 2542, 23, Confirming: false));
        _text.Line(Wide).ShouldBe("probing 2,542 of 5,084 targets, 23 failing, 0:10 left");
    }

    [Fact]
    public void Hours_are_not_minutes()
    {
        _text.Report(new(1001, 0, 0, Confirming: false));
        _time.Advance(TimeSpan.FromSeconds(10));
        _text.Report(new(1001, 1, 0, Confirming: false));
        _text.Line(Wide).ShouldEndWith("2:46:40 left");
    }

    [Fact]
    public void Fits_the_terminal_by_leaving_out_whole_parts()
    {
        _text.Report(new(5084, 0, 0, Confirming: false));
        _time.Advance(TimeSpan.FromMinutes(1));
        _text.Report(new(5084, 120, 23, Confirming: false));
        _text.Line(45).ShouldBe("probing 120 of 5,084 targets, 23 failing");
        _text.Line(10).ShouldBe("probing 12");
    }

    [Fact]
    public void A_late_report_does_not_turn_the_count_back()
    {
        _text.Report(new(9, 5, 0, Confirming: false));
        _text.Report(new(9, 4, 0, Confirming: false));
        _text.Line(Wide).ShouldBe("probing 5 of 9 targets");
    }

    [Fact]
    public void Says_what_is_retried()
    {
        _text.Report(new(23, 0, 0, Confirming: true));
        _text.Line(Wide).ShouldBe("retrying 23 targets");
    }

    [Fact]
    public void Keeps_the_counts_when_it_is_stopped()
    {
        _text.Report(new(43, 3, 3, Confirming: false));
        _text.Stop();
        _text.Line(Wide).ShouldBe("stopping; probed 3 of 43 targets, 3 failing");
    }
}
