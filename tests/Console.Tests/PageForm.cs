using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;

namespace MaySend.Console.Tests;

/// <summary>A form of a page with what a browser would send of it.</summary>
/// <param name="Name">The kind of page and of form: many people or provisions have one.</param>
/// <param name="Action">Where it is sent.</param>
/// <param name="Fields">What it holds.</param>
/// <param name="IsOwnAccount">True where it changes the account of whoever sends it.</param>
sealed partial record PageForm(string Name, string Action, List<KeyValuePair<string, string>> Fields, bool IsOwnAccount)
{
    public static PageForm Read(IHtmlFormElement form, string path)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var element in form.Elements)
        {
            if (element.GetAttribute("name") is not { Length: > 0 } name)
                continue;
            if (element is IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false })
                continue;
            fields.Add(
                new(
                    name,
                    element switch
                    {
                        IHtmlInputElement input => input.Value,
                        IHtmlSelectElement select => select.Value ?? "",
                        IHtmlTextAreaElement text => text.Value,
                        IHtmlButtonElement button => button.Value,
                        _ => "",
                    }
                )
            );
        }
        // Boxes that are not ticked and what a person would add can be sent as well.
        foreach (
            var name in form
                .Elements.Select(element => element.GetAttribute("name"))
                .OfType<string>()
                .Where(name => fields.All(field => field.Key != name))
                .Distinct()
        )
            fields.Add(new(name, ""));
        var handler = fields.FirstOrDefault(field => field.Key == "_handler").Value;
        return new(
            $"{KindOf(path.Split('?')[0])} {KindOf(handler ?? "")}",
            form.GetAttribute("action") is { Length: > 0 } action ? action : path,
            fields,
            fields.Count(field => field.Key == "Form.Roles") > 1
        );
    }

    public static string KindOf(string path) => Numbers().Replace(path, "1");

    [GeneratedRegex(@"[0-9a-f]{32}|(?<=/people/)[^/?]+|\d+|(?<==)[^&]*")]
    private static partial Regex Numbers();
}
