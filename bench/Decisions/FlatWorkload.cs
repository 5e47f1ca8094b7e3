using System.Collections.Immutable;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Conditions;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Bench.Decisions;

/// <summary>
/// Seventeen facts of a person and one campaign by email, two keys, and the same by hand in SQL over one flat table. A likeness of the law,
/// made for measuring.
/// </summary>
static class FlatWorkload
{
    static readonly DateOnly Today = new(2026, 3, 10);

    static readonly (Fact Fact, string Column, string Type)[] Facts =
    [
        (Recipient.Subscriber, "subscriber", "UTINYINT"),
        (Recipient.PersonalData, "personal_data", "UTINYINT"),
        (Recipient.Solicited, "solicited", "UTINYINT"),
        (Recipient.NoticeGiven, "notice_given", "UTINYINT"),
        (Recipient.RightToObjectShown, "right_shown", "UTINYINT"),
        (Recipient.EarlierMessagesOfferedRefusal, "earlier_offered", "UTINYINT"),
        (Recipient.LastDealing, "last_dealing", "INTEGER"),
        (Collection.ObtainedBy, "obtained_by", "UINTEGER"),
        (Collection.From, "obtained_from", "UTINYINT"),
        (Collection.Context, "context", "UTINYINT"),
        (Collection.RefusalOffered, "refusal_offered", "UTINYINT"),
        (Collection.Refused, "refused_then", "UTINYINT"),
        (Consent.Channels, "consent_channels", "UINTEGER"),
        (Consent.Act, "act", "UTINYINT"),
        (Consent.Withdrawn, "withdrawn", "UTINYINT"),
        (Refusal.Channels, "refusal_channels", "UINTEGER"),
        (Refusal.Lifted, "lifted", "UTINYINT"),
    ];

    public static Workload Make()
    {
        var message = new FactSheet(Scope.Message).With(Message.Day, Today).With(Message.Channel, "email");
        var sender = new FactSheet(Scope.Sender).With(Sender.Entity, "lantern-ltd").With(Sender.RefusalsComplete, "yes");
        var campaign = new CampaignFacts(message, sender, []);
        return new Workload(
            "17 flat facts of a person, one campaign",
            Formula(),
            campaign,
            Person,
            [
                new Table(
                    "people",
                    string.Join(", ", Facts.Select(fact => $"{fact.Column} {fact.Type}")),
                    (_, person) =>
                        [
                            [.. Facts.Select(fact => Cell(fact.Fact, person))],
                        ]
                ),
            ],
            Sql()
        );
    }

    static DecisionFormula Formula()
    {
        var individual = Limb("individual", "recipient.is-individual-subscriber", Recipient.Subscriber.Is("individual"));
        var consent = new Some(
            Scope.Consent,
            new All([
                Limb("consent-channel", "consent.covers-this-channel", Consent.Channels.Covers(Message.Channel)),
                Limb(
                    "consent-act",
                    "consent.by-a-clear-affirmative-act",
                    Consent.Act.Is("unticked-box", "equal-yes-no", "written-statement", "verbal-recorded")
                ),
                Limb("consent-withdrawn", "consent.not-withdrawn", Consent.Withdrawn.IsNo()),
            ])
        );
        var softOptIn = new All([
            new Some(
                Scope.Collection,
                new All([
                    Limb(
                        "by-sender",
                        "collection.by-the-sender-from-the-recipient",
                        new Same(Collection.ObtainedBy, Sender.Entity) & Collection.From.Is("recipient")
                    ),
                    Limb(
                        "context",
                        "collection.context-is",
                        Collection.Context.Is("sale", "quote", "buying-enquiry", "trial", "started-checkout")
                    ),
                    Limb("offered", "collection.refusal-offered", Collection.RefusalOffered.IsYes()),
                    Limb("refused", "collection.not-refused-then", Collection.Refused.IsNo()),
                ])
            ),
            Limb("earlier", "history.every-message-offered-refusal", Recipient.EarlierMessagesOfferedRefusal.IsYes()),
        ]);
        var interests = new All([
            new Some(
                Scope.Collection,
                new All([
                    Limb("li-from", "collection.by-the-sender-from-the-recipient", Collection.From.Is("recipient")),
                    Limb("li-refused", "collection.not-refused-then", Collection.Refused.IsNo()),
                ])
            ),
            Limb(
                "li-dealt",
                "recipient.dealt-with-the-sender-within",
                new Within(Recipient.LastDealing, Argument.OfPeriod(new Period(24, 0)), Message.Day)
            ),
        ]);
        var refusal = new Some(
            Scope.Refusal,
            new All([
                Limb("refusal-channel", "refusal.covers-this-message", Refusal.Channels.Covers(Message.Channel)),
                Limb("refusal-lifted", "refusal.not-lifted", !Refusal.Lifted.IsYes()),
            ])
        );
        var unsolicited = new All([
            Limb("unsolicited", "recipient.did-not-ask-for-this-message", !Recipient.Solicited.IsYes()),
            individual,
        ]);
        var person = Limb("person", "recipient.is-an-identifiable-person", Recipient.PersonalData.IsYes());
        return new DecisionFormula(
            new KeyFormula(
                Key.Send,
                [
                    Bar("refusal", Key.Send, individual, refusal),
                    Prohibition("send", Key.Send, unsolicited, ("consent", consent), ("soft-opt-in", softOptIn)),
                ]
            ),
            new KeyFormula(
                Key.Process,
                [
                    Bar("objection", Key.Process, person, refusal),
                    Prohibition("basis", Key.Process, person, ("consent", consent), ("interests", interests)),
                    Duty("notice", Key.Process, person, Limb("notice", "recipient.was-informed-in-time", Recipient.NoticeGiven.IsYes())),
                    Duty(
                        "right",
                        Key.Process,
                        person,
                        Limb("right", "message.right-to-object-shown", Recipient.RightToObjectShown.IsYes())
                    ),
                ]
            ),
            [],
            new Reach([], [], [], []),
            Today,
            Today,
            HousePolicy.None,
            default
        );
    }

    static string Sql()
    {
        string Is(Fact fact, params string[] words) =>
            $"{Facts.First(known => known.Fact == fact).Column} IN "
            + $"({string.Join(", ", words.Select(word => ((WordFact)fact).Words.IndexOf(word)))})";
        var consent =
            "((consent_channels & 1) = 1 AND "
            + $"{Is(Consent.Act, "unticked-box", "equal-yes-no", "written-statement", "verbal-recorded")} AND "
            + $"{Is(Consent.Withdrawn, "no")})";
        var soft = $"""
            (obtained_by = 1 AND {Is(Collection.From, "recipient")} AND {Is(
                Collection.Context,
                "sale",
                "quote",
                "buying-enquiry",
                "trial",
                "started-checkout"
            )}
             AND {Is(Collection.RefusalOffered, "yes")} AND {Is(Collection.Refused, "no")} AND {Is(
                Recipient.EarlierMessagesOfferedRefusal,
                "yes"
            )})
            """;
        var interests = $"""
            ({Is(Collection.From, "recipient")} AND {Is(Collection.Refused, "no")} AND last_dealing BETWEEN {Today.AddMonths(
                -24
            ).DayNumber} AND {Today.DayNumber})
            """;
        var refusal = $"(refusal_channels IS NOT NULL AND (refusal_channels & 1) = 1 AND NOT {Is(Refusal.Lifted, "yes")})";
        var (individual, person) = (Is(Recipient.Subscriber, "individual"), Is(Recipient.PersonalData, "yes"));
        return $"""
            SELECT NOT ({individual} AND {refusal}) AND (NOT (NOT {Is(
                Recipient.Solicited,
                "yes"
            )} AND {individual}) OR {consent} OR {soft}) AS send,
                   NOT ({person} AND {refusal}) AND (NOT {person} OR {consent} OR {interests}) AND (NOT {person} OR {Is(
                Recipient.NoticeGiven,
                "yes"
            )})
                   AND (NOT {person} OR {Is(Recipient.RightToObjectShown, "yes")}) AS process
            FROM people
            """;
    }

    static RecipientFacts Person(Random random)
    {
        FactSheet Sheet(Scope scope)
        {
            var sheet = new FactSheet(scope);
            foreach (var (fact, _, _) in Facts.Where(fact => fact.Fact.Scope == scope))
                sheet[fact] = Value(random, fact);
            return sheet;
        }
        return new RecipientFacts(
            Sheet(Scope.Recipient),
            random.Next(5) > 0 ? [Sheet(Scope.Collection)] : [],
            random.Next(2) > 0 ? [Sheet(Scope.Consent)] : [],
            random.Next(6) > 0
                ? []
                : [Sheet(Scope.Refusal).With(Refusal.Channels, random.Next(2) > 0 ? NameSet.Of("email") : NameSet.Of("sms"))],
            []
        );
    }

    /// <summary>Mostly the first word of the list, as in life.</summary>
    static FactValue Value(Random random, Fact fact) =>
        random.Next(20) == 0
            ? FactValue.NotRecorded
            : fact switch
            {
                WordFact { Words.Length: 2 } flag => FactValue.OfNumber(
                    random.Next(10) < (flag == Collection.Refused || flag == Consent.Withdrawn || flag == Recipient.Solicited ? 1 : 9)
                        ? 0
                        : 1
                ),
                WordFact word => FactValue.OfNumber(random.Next(3) > 0 ? 0 : random.Next(word.Words.Length)),
                DayFact => FactValue.OfDay(Today.AddDays(-random.Next(1000))),
                SetFact => FactValue.OfSet(NameSet.Of(random.Next(4) > 0 ? ["email", "sms"] : ["post"])),
                _ => FactValue.OfName(random.Next(10) > 0 ? "lantern-ltd" : "other-ltd"),
            };

    static object? Cell(Fact fact, RecipientFacts person)
    {
        var sheet = fact.Scope == Scope.Recipient ? person.Recipient : person.Of(fact.Scope).FirstOrDefault();
        var value = sheet?[fact] ?? FactValue.NotRecorded;
        if (!value.IsRecorded)
            return null;
        return fact switch
        {
            WordFact => (byte)value.Number,
            DayFact => (int)value.Number,
            SetFact => (uint)((value.Set!.Has("email") ? 1 : 0) | (value.Set.Has("sms") ? 2 : 0) | (value.Set.Has("post") ? 4 : 0)),
            _ => value.Name == "lantern-ltd" ? 1u : 2u,
        };
    }

    /// <summary>A limb with a test of its own, in the words of a condition of the law.</summary>
    static Limb Limb(string id, string words, Formula test) =>
        new(
            new LimbOf(
                id,
                ConditionBook.Find(words) ?? throw new ArgumentException($"no condition {words}", nameof(words)),
                Argument.None,
                "",
                Authority.Statute,
                Confidence.High,
                null,
                null,
                InForce.Always,
                null,
                default
            ),
            test
        );

    static Provision Provision(string id, Key key, ProvisionKind kind) =>
        new()
        {
            Id = id,
            Jurisdiction = "flat",
            Key = key,
            Kind = kind,
            Title = id,
            ShortName = $"Flat law, {id}",
            Says = "a likeness of the law, made for measuring",
            InForce = InForce.Always,
            Source = new("https://example.org/flat", null),
            Authority = Authority.Statute,
            Confidence = Confidence.High,
            Channels = ["email"],
            Place = default,
        };

    static Element Bar(string id, Key key, Formula applies, Formula holds) =>
        new(ElementKind.Bar, id, "flat", Provision(id, key, ProvisionKind.Bar), applies, [], holds, new Not(new All([applies, holds])));

    static Element Duty(string id, Key key, Formula applies, Formula met) =>
        new(ElementKind.Duty, id, "flat", Provision(id, key, ProvisionKind.Duty), applies, [], met, new Any([new Not(applies), met]));

    static Element Prohibition(string id, Key key, Formula applies, params (string Name, Formula Body)[] grounds)
    {
        ImmutableArray<ComposedGround> inForce =
        [
            .. grounds.Select(ground => new ComposedGround(
                new Ground
                {
                    Name = ground.Name,
                    Says = "",
                    Cite = "",
                    Body = ground.Body,
                    RestsOn = RestsOn.Consent,
                    InForce = InForce.Always,
                    Place = default,
                },
                ground.Body
            )),
        ];
        return new(
            ElementKind.Prohibition,
            id,
            "flat",
            Provision(id, key, ProvisionKind.Prohibition),
            applies,
            inForce,
            null,
            new Any([new Not(applies), .. inForce.Select(ground => ground.Body)])
        );
    }
}
