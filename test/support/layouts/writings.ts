/** How a figure is written, and a blank. */
export interface Manner {
  readonly figure: (figure: number) => string;
  readonly blank: string;
}

const plain = (figure: number) => String(figure);

/** Marks for a cell in which nothing is stated. */
export const manners: Readonly<Record<string, Manner>> = {
  plain: { figure: plain, blank: '' },
  slash: { figure: plain, blank: '/' },
  hyphen: { figure: plain, blank: '-' },
  dash: { figure: plain, blank: '—' },
  noBreakSpace: { figure: plain, blank: '\u00a0' },
  thousands: { figure: (figure) => figure.toLocaleString('en'), blank: '' },
  fullWidth: {
    figure: (figure) => String(figure).replace(/\d/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    blank: '／',
  },
  spaced: { figure: (figure) => ` ${figure} `, blank: ' ' },
};
