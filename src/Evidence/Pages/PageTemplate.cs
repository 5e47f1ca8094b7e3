using System.Text;
using Scriban;
using Scriban.Runtime;

namespace MaySend.Evidence.Pages;

/// <summary>Fills a template that an assembly carries with what one page says.</summary>
public static class PageTemplate
{
    /// <summary>Renders it. A name that has no value is an error; escaping is the template's own.</summary>
    /// <param name="owner">A type of the assembly that carries it.</param>
    /// <param name="resource">Its name among the resources of that assembly.</param>
    /// <param name="values">What it shows.</param>
    /// <param name="members">How it spells the members of what is shown; null as the template engine does.</param>
    public static string Render(Type owner, string resource, ScriptObject values, MemberRenamerDelegate? members = null)
    {
        using var stream =
            owner.Assembly.GetManifestResourceStream(resource)
            ?? throw new ArgumentException($"{owner.Assembly.GetName().Name} carries no {resource}", nameof(resource));
        using var text = new StreamReader(stream, Encoding.UTF8);
        // Trusted templates, long lists: left to its own limits the engine stops after a thousand rounds or a megabyte.
        var context = new TemplateContext
        {
            StrictVariables = true,
            EnableRelaxedMemberAccess = false,
            LoopLimit = 0,
            LimitToString = 0,
            MemberRenamer = members ?? StandardMemberRenamer.Default,
        };
        context.PushGlobal(values);
        return Template.Parse(text.ReadToEnd()).Render(context);
    }
}
