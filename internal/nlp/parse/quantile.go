package parse

import "sort"

// quantile gives the q-quantile of the magnitudes of the values not zero; 0
// without any.
func quantile(w []float64, q float64) float64 {
	var mags []float64
	for _, v := range w {
		if v != 0 {
			mags = append(mags, max(v, -v))
		}
	}
	if len(mags) == 0 {
		return 0
	}
	sort.Float64s(mags)
	return mags[min(int(q*float64(len(mags))), len(mags)-1)]
}
