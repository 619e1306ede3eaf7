/** Burst times against the budget of one burst: the last minute or so, the budget as a dashed line. */
export function Sparkline({ values, budget, label }: { values: readonly number[]; budget: number; label: string }) {
  const width = 88;
  const height = 22;
  const top = Math.max(budget * 1.15, ...values) || 1;
  const y = (value: number) => height - 1 - (value / top) * (height - 2);
  const step = width / Math.max(1, values.length - 1);
  const points = values.map((value, i) => `${(i * step).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  return (
    <svg className="sparkline" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      <line x1="0" x2={width} y1={y(budget)} y2={y(budget)} className="sparkline-budget" />
      {values.length > 1 && <polyline points={points} className="sparkline-line" />}
    </svg>
  );
}
