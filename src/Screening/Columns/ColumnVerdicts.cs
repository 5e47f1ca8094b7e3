using MaySend.Law;

namespace MaySend.Screening.Columns;

/// <summary>
/// The truth of both keys and their reasons, row by row. Filled by <see cref="ColumnEvaluator.Evaluate"/>, which may be given the same one
/// again.
/// </summary>
public sealed class ColumnVerdicts
{
    readonly KeyVerdicts send = new();
    readonly KeyVerdicts process = new();

    /// <summary>How many rows there are.</summary>
    public int Count { get; internal set; }

    /// <summary>The truth of the send key.</summary>
    public Truth Send(int row) => send.Truth(row);

    /// <summary>The truth of the process key.</summary>
    public Truth Process(int row) => process.Truth(row);

    /// <summary>The truth of the whole: both keys must turn.</summary>
    public Truth Whole(int row) => Send(row).And(Process(row));

    /// <summary>The reason of the send key, a place in <see cref="ColumnPlan.Reasons"/>.</summary>
    public int SendReason(int row) => send.Reasons[row];

    /// <summary>The reason of the process key, a place in <see cref="ColumnPlan.Reasons"/>.</summary>
    public int ProcessReason(int row) => process.Reasons[row];

    internal KeyVerdicts SendKey => send;

    internal KeyVerdicts ProcessKey => process;

    /// <summary>One key: two planes of bits, and a reason a row.</summary>
    internal sealed class KeyVerdicts
    {
        public ulong[] Yes = [];
        public ulong[] No = [];
        public ushort[] Reasons = [];

        public void Hold(int rows)
        {
            if (Reasons.Length >= rows)
                return;
            (Yes, No, Reasons) = (new ulong[rows / 64], new ulong[rows / 64], new ushort[rows]);
        }

        public Truth Truth(int row) => (Truth)(((Yes[row / 64] >> (row % 64)) & 1) | (((No[row / 64] >> (row % 64)) & 1) << 1));
    }
}
