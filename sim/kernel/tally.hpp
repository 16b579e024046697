#pragma once

#include "sim/base/archive.hpp"
#include "sim/base/check.hpp"
#include "sim/base/key.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace sim {

/// Exact sums that agents add to during a window and institutions read at the barrier: one row of int64 cells per thread.
class Tally {
public:
    Tally() = default;
    Tally(int threads, std::size_t cells) : rows_(static_cast<std::size_t>(threads), Row(cells)), sums_(cells) {}

    [[nodiscard]] std::size_t cells() const { return sums_.size(); }

    void add(int thread, std::size_t cell, std::int64_t x)
    {
        SIM_EXPECT(cell < sums_.size());
        rows_[static_cast<std::size_t>(thread)].cells[cell] += x;
    }

    /// At a barrier: the sums over all threads since the last call; the cells start again at 0. Valid until the next call.
    std::span<const std::int64_t> reduce()
    {
        std::fill(sums_.begin(), sums_.end(), 0);
        for (Row& row : rows_)
            for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += std::exchange(row.cells[i], 0);
        return sums_;
    }

    /// What was added since the last reduce, of all threads together.
    void visit_state(Archive& archive)
    {
        std::vector<std::int64_t> sums = open();
        archive("open", sums);
        if (archive.is_loading()) restore(sums);
    }
    [[nodiscard]] std::vector<std::int64_t> open() const
    {
        std::vector<std::int64_t> sums(cells());
        for (const Row& row : rows_)
            for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += row.cells[i];
        return sums;
    }
    void restore(const std::vector<std::int64_t>& sums)
    {
        if (sums.size() != cells())
            throw ArchiveError("a tally of " + std::to_string(cells()) + " cells has other ones");
        for (Row& row : rows_) std::fill_n(row.cells, sums.size(), 0);
        if (!rows_.empty()) std::copy(sums.begin(), sums.end(), rows_.front().cells);
    }

private:
    // Padding at both ends of a row keeps two threads off one cache line.
    struct Row {
        explicit Row(std::size_t n) : storage(n + 16), cells(storage.data() + 8) {}
        Row(const Row& other) : storage(other.storage), cells(storage.data() + 8) {}
        Row(Row&& other) noexcept : storage(std::move(other.storage)), cells(storage.data() + 8) {}
        Row& operator=(const Row& other) { return storage = other.storage, cells = storage.data() + 8, *this; }
        Row& operator=(Row&& other) noexcept
        {
            return storage = std::move(other.storage), cells = storage.data() + 8, *this;
        }
        std::vector<std::int64_t> storage;
        std::int64_t* cells;
    };

    std::vector<Row> rows_;
    std::vector<std::int64_t> sums_;
};

/// Requests for something rationed, collected during a window and shared at the barrier. T has `Key key` and `AgentId id`.
template <class T>
class Claims {
public:
    Claims() = default;
    explicit Claims(int threads) : rows_(static_cast<std::size_t>(threads)) {}

    void add(int thread, T claim) { rows_[static_cast<std::size_t>(thread)].claims.push_back(std::move(claim)); }

    /// At a barrier: all claims since the last call, by id. Several claims of one agent keep the order in which it made them, provided
    /// they were made in one window (take at each barrier).
    std::vector<T> take()
    {
        std::vector<T> all = sorted();
        for (Row& row : rows_) row.claims.clear();
        return all;
    }

    /// The claims not yet taken. T is visited by its own visit_state unless it is plain.
    void visit_state(Archive& archive)
    {
        std::vector<T> open = sorted();
        archive("open", open);
        if (!archive.is_loading()) return;
        for (Row& row : rows_) row.claims.clear();
        rows_.front().claims = std::move(open);
    }

private:
    [[nodiscard]] std::vector<T> sorted() const
    {
        std::vector<T> all;
        for (const Row& row : rows_) all.insert(all.end(), row.claims.begin(), row.claims.end());
        std::stable_sort(all.begin(), all.end(), [](const T& a, const T& b) { return a.id < b.id; });
        return all;
    }

    struct alignas(64) Row {
        std::vector<T> claims;
    };

    std::vector<Row> rows_;
};

} // namespace sim
