using MaySend.Law.Cases;
using MaySend.Law.Reading;

var folder = args.Length > 2 ? args[2] : "law";
var problems = new Problems();
var law = LawReader.Read(folder, problems);
var cases = CaseReader.Read(folder, problems);
if (problems.IsEmpty) LawCheck.Run(law, cases, problems);
foreach (var problem in problems.List) Console.WriteLine(problem);
Console.WriteLine($"{law.Provisions.Length} provisions, {cases.Count} cases, {problems.List.Count} problems");
return problems.IsEmpty ? 0 : 1;
