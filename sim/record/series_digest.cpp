#include "sim/record/series_digest.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "sim/base/sha256.hpp"
#include "sim/record/series_value.hpp"

namespace sim::record {
namespace {

constexpr std::size_t column_digits = 16;

std::string digest_of_bytes(std::span<const std::byte> bytes, std::size_t digits)
{
    Sha256 digest;
    digest.update(bytes);
    return digest.hex().substr(0, digits);
}

/// Extremes and sum, in the order of the file.
void add_numbers(SeriesDigest& digest, const RawValues& raw, std::size_t count)
{
    digest.min = digest.max = digest.sum = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t i = 0; i < count; ++i) {
        const double value = raw.number(i);
        if (std::isnan(value)) {
            ++digest.missing;
            continue;
        }
        digest.min = std::fmin(digest.min, value), digest.max = std::fmax(digest.max, value);
        digest.sum = std::isnan(digest.sum) ? value : digest.sum + value;
    }
}

SeriesDigest digest_of(const ResultFile& file, const h5::Variable& v)
{
    SeriesDigest digest;
    digest.name = v.path.substr(1), digest.unit = file.text_attribute(v.path, "units");
    digest.kind = v.kind, digest.cells = v.row_width();
    const RawValues raw = file.raw(v);
    const std::vector<double> totals = period_totals(file, {digest.name, {}});
    digest.first = totals.empty() ? std::nan("") : totals.front();
    digest.last = totals.empty() ? std::nan("") : totals.back();
    add_numbers(digest, raw, v.shape[0] * digest.cells);
    const std::span<const std::byte> bytes(raw.bytes);
    digest.column = digest_of_bytes(bytes, column_digits);
    const std::size_t width = digest.cells * size_of(v.kind);
    for (std::size_t row = 0; row < v.shape[0]; ++row)
        digest.periods += digest_of_bytes(bytes.subspan(row * width, width), SeriesDigest::digits_per_period);
    return digest;
}

} // namespace

std::vector<SeriesDigest> digest_series(const ResultFile& file)
{
    std::vector<SeriesDigest> digests;
    for (const h5::Variable* v : file.series()) digests.push_back(digest_of(file, *v));
    return digests;
}

std::vector<std::string> period_dates(const ResultFile& file)
{
    std::vector<std::string> dates;
    const h5::Variable& time = *file.find("/time");
    for (std::size_t row = 0; row < time.shape[0]; ++row) dates.push_back(file.when(time, row));
    return dates;
}

} // namespace sim::record
