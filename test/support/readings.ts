import type { Service } from '../../src/operations/service.ts';

/** What became of the readings of a service's figures. */
export interface Readings {
  readonly read: number;
  /** How often their figures were looked at. */
  readonly looked: number;
  readonly released: number;
}

/** Watches a service's figures being read; `onRelease` is called whenever a reading was given back. */
export function watchReadings(service: Service, onRelease: (readings: Readings) => void): Readings {
  const readings = { read: 0, looked: 0, released: 0 };
  const { figures } = service;
  Object.assign(service, {
    figures: async () => {
      const matrix = await figures();
      return {
        read: (...asked: Parameters<typeof matrix.read>) => {
          readings.read += 1;
          const { blocks, release, ...reading } = matrix.read(...asked);
          return {
            ...reading,
            get blocks() {
              readings.looked += 1;
              return blocks;
            },
            release: () => {
              release();
              readings.released += 1;
              onRelease(readings);
            },
          };
        },
      };
    },
  });
  return readings;
}
