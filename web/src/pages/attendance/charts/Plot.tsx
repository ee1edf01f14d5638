import { useEffect, useRef, useSyncExternalStore } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import './plot.css'

export interface PlotSeries {
  label: string
  /** A colour of theme.css: "accent". */
  colour: 'accent' | 'good' | 'warn' | 'bad' | 'soft'
  values: number[]
  kind: 'area' | 'line' | 'bars'
}

interface PlotProps {
  /** What there is to see, in a sentence, for those who don't. */
  summary: string
  /** One for each value, along the bottom. */
  labels: string[]
  series: PlotSeries[]
  /** How many labels there are from one that is written to the next: whole hours, for example. */
  steps: number[]
}

function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['class'] })
  return () => observer.disconnect()
}
const isDark = () => document.documentElement.classList.contains('dark')

const height = 280

/** A chart in the colours of the theme, as wide as there is room. The same figures belong into a table beside it. */
export function Plot({ summary, labels, series, steps }: PlotProps) {
  const box = useRef<HTMLDivElement>(null)
  const theme = useSyncExternalStore(watchTheme, isDark)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const plot = new UPlot(
      optionsOf(element.clientWidth, labels, series, steps),
      [labels.map((_, index) => index), ...series.map(({ values }) => values)],
      element,
    )
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      plot.destroy()
    }
  }, [labels, series, steps, theme])
  return <div ref={box} role="img" aria-label={summary} className="plot min-w-0" />
}

function colourOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}

function optionsOf(width: number, labels: string[], series: PlotSeries[], steps: number[]): UPlot.Options {
  const axis = {
    stroke: colourOf('soft'),
    font: '12px "Inter Variable", system-ui, sans-serif',
    ticks: { show: false },
    grid: { stroke: colourOf('line'), width: 1 },
  }
  return {
    width,
    height,
    scales: {
      x: { time: false, range: [-0.6, Math.max(labels.length - 0.4, 0.6)] },
      // People come whole, and from nobody on.
      y: { range: (_, __, most) => [0, Math.max(4, Math.ceil(most * 1.1))] },
    },
    cursor: { y: false, drag: { setScale: false, x: false, y: false } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        incrs: steps,
        values: (_, splits) => splits.map((index) => labels[index] ?? ''),
      },
      { ...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] },
    ],
    series: [{ value: (_, index) => labels[index] ?? '' }, ...series.map(seriesOf)],
  }
}

function seriesOf({ label, colour, kind }: PlotSeries): UPlot.Series {
  const stroke = colourOf(colour)
  // Figures stand in the legend while something is pointed at; else it only names the colours.
  const value = (_: UPlot, figure: number | null) => figure ?? ''
  const look: UPlot.Series = { label, stroke, width: 2, points: { show: false }, value }
  if (kind === 'bars') {
    const paths = UPlot.paths.bars?.({ size: [0.6, 56], radius: 0.15 })
    return { ...look, width: 0, fill: stroke, ...(paths && { paths }) }
  }
  const paths = UPlot.paths.stepped?.({ align: 1 })
  return {
    ...look,
    ...(kind === 'area' && { fill: `color-mix(in srgb, ${stroke} 18%, transparent)` }),
    ...(kind === 'line' && { dash: [6, 4] }),
    ...(paths && { paths }),
  }
}
