using CsCheck;
using MaySend.Evidence.Tables;

namespace MaySend.Evidence.Tests.Tables;

public class LettersTests
{
    [Fact]
    public void Every_text_comes_back_as_it_was_kept_however_many_there_are_and_however_long()
    {
        var text = Gen.OneOf(
            Gen.String[Gen.Char['a', 'z'], 0, 40],
            Gen.String[Gen.Int[0, 4].Select(place => "é漢ß, "[place]), 0, 4000],
            Gen.Int[0, 300_000].Select(length => new string('x', length)),
            Gen.Const("\U0001F4EC at the door")
        );
        text.Array[0, 60]
            .Sample(
                texts =>
                {
                    var letters = new Letters();
                    var spans = texts.Select(each => letters.Keep(each)).ToList();
                    spans.Select(span => letters[span]).ShouldBe(texts);
                },
                iter: 100
            );
    }

    [Fact]
    public void No_text_is_the_empty_one() => new Letters()[default].ShouldBe("");
}
