using OriginWatch.Reporting;
using OriginWatch.Text;

namespace OriginWatch.Tests.Text;

public class EscapeTests
{
    [Theory]
    [InlineData("plain text, with 1 % & <signs>", "plain text, with 1 % & <signs>")]
    [InlineData("Société Générale 株式会社", "Société Générale 株式会社")]
    [InlineData("a\nFix: all is well", "a\\nFix: all is well")]
    [InlineData("a\r\nSubject: x", "a\\r\\nSubject: x")]
    [InlineData("\u001b[2J\u001b]0;owned\u0007", "\\x1b[2J\\x1b]0;owned\\x07")]
    [InlineData("\u009b31m", "\\x9b31m")]
    [InlineData("del\u007f", "del\\x7f")]
    [InlineData("exe.\u202egnp.exe", "exe.\\u{202e}gnp.exe")]
    [InlineData("\u2066x\u2069\u200f", "\\u{2066}x\\u{2069}\\u{200f}")]
    [InlineData("zero\u200bwidth\ufeff", "zero\\u{200b}width\\u{feff}")]
    [InlineData("a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c")]
    [InlineData("no\u00a0break", "no\\xa0break")]
    [InlineData("e\u0301\u0301\u0301\u0301", "e\u0301\u0301\\u{301}\\u{301}")]
    [InlineData("blank\u3164", "blank\\u{3164}")]
    [InlineData("private\ue000", "private\\u{e000}")]
    public void Terminal_text_shows_what_would_move_or_hide(string value, string expected) => Escape.Text(value).ShouldBe(expected);

    [Fact]
    public void Terminal_text_survives_half_a_character() => Escape.Text("a\ud800b").ShouldBe("a\ufffdb");

    [Fact]
    public void Terminal_text_is_bounded() => Escape.Text(new string('x', 70_000)).ShouldBe(new string('x', Escape.MaxLength) + "…");

    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("\" onmouseover='x' &", "&quot; onmouseover=&#39;x&#39; &amp;")]
    [InlineData("\u0000\u202e", "\\x00\\u{202e}")]
    public void Html_closes_no_tag_and_no_attribute(string value, string expected) => Escape.Html(value).ShouldBe(expected);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("=HYPERLINK(\"https://x\",\"y\")", "\"'=HYPERLINK(\"\"https://x\"\",\"\"y\"\")\"")]
    [InlineData("  =1", "'  =1")]
    [InlineData("\"=1", "\"'\"\"=1\"")]
    [InlineData("\t=1", "\\t=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("two\nlines", "two\\nlines")]
    public void Csv_starts_no_formula_and_ends_no_field(string value, string expected) => Escape.Csv(value).ShouldBe(expected);

    [Theory]
    [InlineData("a_b*c", "a\\_b\\*c")]
    [InlineData("[x](https://evil.example)", "\\[x\\]\\(https\\://evil.example\\)")]
    [InlineData("![x](y)", "\\!\\[x\\]\\(y\\)")]
    [InlineData("<img src=x>", "&lt;img src=x&gt;")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("`x`", "\\`x\\`")]
    [InlineData("@octocat #12", "@<!-- -->octocat #<!-- -->12")]
    [InlineData("www.evil.example", "www\\.evil.example")]
    [InlineData("- item\n# head", "\\- item\\\\n#<!-- --> head")]
    public void Markdown_makes_no_markup_no_link_and_no_mention(string value, string expected) => Escape.Markdown(value).ShouldBe(expected);

    [Theory]
    [InlineData("CN=a\\,b", "CN=a\\\\,b")]
    [InlineData("[text](1) {0}", "\\[text\\](1) {{0}}")]
    public void Sarif_makes_no_link_and_no_placeholder(string value, string expected) => Escape.Sarif(value).ShouldBe(expected);

    [Fact]
    public void Json_is_bounded_and_otherwise_left_to_the_writer()
    {
        Escape.Json("a\nb\u202e").ShouldBe("a\nb\u202e");
        Escape.Json(new string('x', 5000)).Length.ShouldBe(Escape.MaxLength + 1);
    }
}
