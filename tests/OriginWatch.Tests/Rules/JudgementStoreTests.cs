using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Rules.Certificates;
using OriginWatch.Rules.Configuration;

namespace OriginWatch.Tests.Rules;

public class JudgementStoreTests
{
    private static readonly RuleMetadata OfOrigin = new OriginIsNotHttpOnly().Metadata;
    private static readonly RuleMetadata OfTarget = new CertificateIsNotExpired().Metadata;
    private readonly JudgementStore _store = new();

    [Fact]
    public void What_is_kept_reads_as_what_was_said()
    {
        var (one, two) = (Seen(), Seen());
        List<Judgement> said =
        [
            new(OfOrigin, null, new Verdict.Pass("a remark")),
            new(OfTarget, one, new Verdict.Fail("expired")),
            new(OfTarget, two, new Verdict.NotApplicable("not here")),
            new(OfOrigin, null, new Verdict.Pass { WithoutHandshake = true }),
        ];
        var kept = _store.Keep(said, [one, two]);
        kept.ShouldBe(said);
        kept[1].Target.ShouldBeSameAs(one);
        kept[2].Target.ShouldBeSameAs(two);
    }

    [Fact]
    public void Origins_share_verdicts_that_say_the_same_and_no_others()
    {
        var lists = Enumerable
            .Range(0, 2)
            .Select(number =>
                _store.Keep(
                    [
                        new(OfOrigin, null, new Verdict.Pass()),
                        new(OfOrigin, null, new Verdict.NotApplicable($"not{""} here")),
                        new(OfOrigin, null, new Verdict.Fail("the same words")),
                        new(OfOrigin, null, new Verdict.Pass($"remark {number}")),
                    ],
                    []
                )
            )
            .ToList();
        lists[1][0].Verdict.ShouldBeSameAs(lists[0][0].Verdict);
        lists[1][1].Verdict.ShouldBeSameAs(lists[0][1].Verdict);
        lists[1][2].Verdict.ShouldNotBeSameAs(lists[0][2].Verdict);
        lists[1][3].Verdict.ShouldBe(new Verdict.Pass("remark 1"));
    }

    [Fact]
    public void Origins_of_another_kind_with_as_many_judgements_keep_their_own_rules()
    {
        var target = Seen();
        _store.Keep([new(OfTarget, target, new Verdict.Pass())], [target]);
        _store.Keep([new(OfOrigin, null, new Verdict.Pass())], [target]).ShouldBe([new(OfOrigin, null, new Verdict.Pass())]);
    }

    [Fact]
    public void More_remarks_than_are_remembered_are_still_told()
    {
        for (var number = 0; number < 3_000; number++)
        {
            _store
                .Keep([new(OfOrigin, null, new Verdict.Pass($"remark {number}"))], [])
                .ShouldBe([new(OfOrigin, null, new Verdict.Pass($"remark {number}"))]);
        }
    }

    [Fact]
    public void A_judgement_of_a_target_that_the_origin_lacks_is_kept_as_it_is()
    {
        List<Judgement> said = [new(OfTarget, Seen(), new Verdict.Fail("expired"))];
        _store.Keep(said, [Seen()]).ShouldBe(said);
    }

    [Fact]
    public void A_revision_that_changes_nothing_is_the_list_itself()
    {
        var kept = _store.Keep([new(OfOrigin, null, new Verdict.Fail("expired"))], []);
        JudgementList.Revise(kept, judgement => judgement.Verdict).ShouldBeSameAs(kept);
    }

    [Fact]
    public void A_revision_leaves_the_first_list_and_the_other_judgements_alone()
    {
        List<Judgement> said =
        [
            new(OfOrigin, null, new Verdict.Pass()),
            new(OfOrigin, null, new Verdict.Fail("expired")),
            new(OfOrigin, null, new Verdict.Pass("last")),
        ];
        foreach (var first in new[] { said, _store.Keep(said, []) })
        {
            var revised = JudgementList.Revise(
                first,
                judgement => judgement.Verdict is Verdict.Fail ? new Verdict.Undetermined("seen once") : judgement.Verdict
            );
            revised.ShouldBe([said[0], said[1] with { Verdict = new Verdict.Undetermined("seen once") }, said[2]]);
            first.ShouldBe(said);
        }
    }

    private static TargetObservation Seen() => Given.Seen(Given.Address("192.0.2.1", Given.Refused()));
}
