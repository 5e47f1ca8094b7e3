using MaySend.Shared;

namespace MaySend.Acceptance;

/// <summary>Spreadsheets lead from what a shopkeeper has to people who may be mailed, as exports do.</summary>
public sealed class StartWorkbookTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_workbook_of_orders_and_one_of_opt_outs_lead_there_too()
    {
        // As a shopkeeper keeps them: a title, days as days, numbers as numbers, and a sheet with nothing in it.
        object?[][] orders =
        [
            ["Orders of Lantern Ltd"],
            [],
            ["Name", "Email", "Financial Status", "Created at", "Accepts Marketing", "Lineitem name", "Lineitem sku", "Shipping Country"],
            .. Enumerable
                .Range(1, 10)
                .Select(i =>
                    new object?[]
                    {
                        1000 + i,
                        $"p{i}@example.com",
                        "paid",
                        new DateTime(2026, 3, i, 10, 30, 0),
                        i % 2 == 1 ? "yes" : "no",
                        "Candle",
                        "C1",
                        "GB",
                    }
                ),
        ];
        Workbook.Write(Path("orders.xlsx"), ("Orders", orders), ("Sheet2", []));
        Workbook.Write(
            Path("left.xlsx"),
            (
                "People",
                [
                    ["Email", "Unsubscribed At"],
                    ["p3@example.com", new DateOnly(2026, 4, 1)],
                    ["p5@example.com", null],
                ]
            )
        );
        var begun = await Maysend.RunAsync(
            [
                "start",
                Path("orders.xlsx"),
                Path("left.xlsx"),
                "--in",
                In,
                "--by",
                "Mia",
                "--zone",
                "Europe/London",
                "--answers",
                Sample("answers.yaml"),
            ],
            null
        );
        begun.Status.ShouldBe(0, begun.Said);
        begun.Said.ShouldContain("shopify-orders");
        var signed = await Maysend.RunAsync(["start", "sign", "--in", In, "--by", "Sam", "--answers", Sample("signing.yaml")], null);
        // Five ticked, and one of them left since.
        signed.Said.ShouldContain("4 of 10 may be sent", Case.Insensitive, signed.Said);
        // The same workbook is screened as it is.
        var screened = await Maysend.RunAsync(
            [
                "screen",
                "--sender",
                In,
                "--campaign",
                "first",
                "--list",
                Path("orders.xlsx"),
                "--point",
                "checkout",
                "--zone",
                "Europe/London",
                "--out",
                Path("out"),
            ],
            null
        );
        screened.Status.ShouldBe(0, screened.Said);
        screened.Said.ShouldMatch("10 [█░]+ not shown", "without a register of opt-outs nobody is permitted");
    }

    string In => Path("shop");

    string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    static string Sample(string name) => System.IO.Path.Combine(Maysend.Root, "samples", "first-mailing", name);
}
