#pragma once

#include "sim/bench/queue_work.hpp"

#include <algorithm>
#include <array>
#include <queue>
#include <vector>

namespace sim::bench {

// Event queues, each with push(event) and each_of_day(day, f), which takes out the events of a day in an order that keeps each agent's own.

struct LaterEvent {
    bool operator()(const QueueWork::Event& a, const QueueWork::Event& b) const { return a.rank() > b.rank(); }
};

/// std::priority_queue.
class BinaryHeap {
public:
    static constexpr const char* name = "binary_heap";
    explicit BinaryHeap(const QueueWork&) {}

    void push(const QueueWork::Event& event) { queue_.push(event); }

    template <class F>
    void each_of_day(Window day, std::vector<QueueWork::Agent>&, F&& f)
    {
        while (!queue_.empty() && queue_.top().day() == day) {
            const QueueWork::Event event = queue_.top();
            queue_.pop();
            f(event);
        }
    }

private:
    std::priority_queue<QueueWork::Event, std::vector<QueueWork::Event>, LaterEvent> queue_;
};

/// A heap with four children to a node: half as deep, and the children are neighbours in memory.
class FourHeap {
public:
    static constexpr const char* name = "four_heap";
    explicit FourHeap(const QueueWork&) {}

    void push(const QueueWork::Event& event)
    {
        std::size_t at = heap_.size();
        heap_.push_back(event);
        while (at > 0 && event.rank() < heap_[(at - 1) / 4].rank()) {
            heap_[at] = heap_[(at - 1) / 4];
            at = (at - 1) / 4;
        }
        heap_[at] = event;
    }

    template <class F>
    void each_of_day(Window day, std::vector<QueueWork::Agent>&, F&& f)
    {
        while (!heap_.empty() && heap_.front().day() == day) {
            const QueueWork::Event event = heap_.front();
            pop();
            f(event);
        }
    }

private:
    void pop()
    {
        const QueueWork::Event moved = heap_.back();
        heap_.pop_back();
        std::size_t at = 0;
        for (std::size_t child = 1; child < heap_.size(); child = 4 * at + 1) {
            const std::size_t end = std::min(child + 4, heap_.size());
            for (std::size_t other = child + 1; other < end; ++other)
                if (heap_[other].rank() < heap_[child].rank()) child = other;
            if (!(heap_[child].rank() < moved.rank())) break;
            heap_[at] = heap_[child];
            at = child;
        }
        if (!heap_.empty()) heap_[at] = moved;
    }

    std::vector<QueueWork::Event> heap_;
};

/// A ring of days; the base of the designs below.
class DayBuckets {
public:
    void push(const QueueWork::Event& event) { ring_[bucket(event.day())].push_back(event); }

protected:
    std::vector<QueueWork::Event> take(Window day)
    {
        spare_.clear();
        std::swap(spare_, ring_[bucket(day)]);
        return std::move(spare_);
    }
    void give_back(std::vector<QueueWork::Event>&& events) { spare_ = std::move(events); }

    template <class F>
    static void each(const std::vector<QueueWork::Event>& events, std::vector<QueueWork::Agent>& agents, F&& f)
    {
        constexpr std::size_t ahead = 8;
        for (std::size_t i = 0; i < events.size(); ++i) {
            if (i + ahead < events.size()) __builtin_prefetch(&agents[events[i + ahead].target], 1);
            f(events[i]);
        }
    }

private:
    static constexpr std::size_t days = 32;
    static std::size_t bucket(Window day) { return static_cast<std::size_t>(day) % days; }

    std::array<std::vector<QueueWork::Event>, days> ring_;
    std::vector<QueueWork::Event> spare_;
};

/// Each day's events sorted by target and rank.
class FullSort : public DayBuckets {
public:
    static constexpr const char* name = "full_sort";
    explicit FullSort(const QueueWork&) {}

    template <class F>
    void each_of_day(Window day, std::vector<QueueWork::Agent>& agents, F&& f)
    {
        auto events = take(day);
        std::sort(events.begin(), events.end(), [](const QueueWork::Event& a, const QueueWork::Event& b) {
            return a.target != b.target ? a.target < b.target : a.rank() < b.rank();
        });
        each(events, agents, f);
        give_back(std::move(events));
    }
};

/// Counting sort by target; what one agent gets is then sorted by rank.
class CountingSort : public DayBuckets {
public:
    static constexpr const char* name = "counting_sort";
    explicit CountingSort(const QueueWork& work) : starts_(work.population + 1) {}

    template <class F>
    void each_of_day(Window day, std::vector<QueueWork::Agent>& agents, F&& f)
    {
        auto events = take(day);
        std::fill(starts_.begin(), starts_.end(), 0);
        for (const auto& event : events) ++starts_[event.target + 1];
        for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
        sorted_.resize(events.size());
        for (const auto& event : events) sorted_[starts_[event.target]++] = event;
        sort_runs();
        each(sorted_, agents, f);
        give_back(std::move(events));
    }

private:
    void sort_runs()
    {
        const auto before = [](const QueueWork::Event& a, const QueueWork::Event& b) { return a.rank() < b.rank(); };
        for (auto first = sorted_.begin(); first != sorted_.end();) {
            auto last = first + 1;
            while (last != sorted_.end() && last->target == first->target) ++last;
            if (last - first > 1) std::sort(first, last, before);
            first = last;
        }
    }

    std::vector<std::uint32_t> starts_;
    std::vector<QueueWork::Event> sorted_;
};

/// Events as they came; only those of agents with several are put aside and sorted.
class ConflictSort : public DayBuckets {
public:
    static constexpr const char* name = "conflict_sort";
    explicit ConflictSort(const QueueWork& work) : marks_(work.population) {}

    template <class F>
    void each_of_day(Window day, std::vector<QueueWork::Agent>& agents, F&& f)
    {
        auto events = take(day);
        for (const auto& event : events) marks_[event.target] = marks_[event.target] == 0 ? 1 : 2;
        conflicts_.clear();
        each(events, agents, [&](const QueueWork::Event& event) {
            if (marks_[event.target] > 1) return conflicts_.push_back(event);
            f(event);
        });
        std::sort(conflicts_.begin(), conflicts_.end(), [](const QueueWork::Event& a, const QueueWork::Event& b) {
            return a.target != b.target ? a.target < b.target : a.rank() < b.rank();
        });
        each(conflicts_, agents, f);
        for (const auto& event : events) marks_[event.target] = 0;
        give_back(std::move(events));
    }

private:
    std::vector<std::uint8_t> marks_; // by agent: how many events, up to 2
    std::vector<QueueWork::Event> conflicts_;
};

} // namespace sim::bench
