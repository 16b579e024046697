#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace sim {

/// Bytes that are no state of this program: cut off, or written from other fields. what() names the field.
class ArchiveError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Keeps a state as bytes and brings it back, by one description for both ways:
///
///     void visit_state(sim::Archive& archive, Purse& p) { archive("coins", p.coins), archive("notes", p.notes); }
///
/// Takes numbers, enumerators, plain types without padding, arrays, texts, pairs, vectors, and types with a `visit_state` (member, or
/// function found by their namespace). Each field is marked by a hash of its name and the size of its type, so that bytes written from
/// other fields are refused. The bytes are those of this kind of machine.
class Archive {
public:
    /// Takes a state down.
    Archive() = default;
    /// Takes a state down into memory that is there already; what it held is forgotten.
    static Archive into(std::vector<std::byte> memory)
    {
        Archive archive;
        archive.bytes_ = std::move(memory);
        archive.bytes_.clear();
        return archive;
    }
    /// Brings a state back from bytes that live longer than this.
    explicit Archive(std::span<const std::byte> bytes) : from_(bytes), is_loading_(true) {}

    [[nodiscard]] bool is_loading() const { return is_loading_; }
    /// What was taken down.
    std::vector<std::byte> take() { return std::exchange(bytes_, {}); }

    template <class T>
    void operator()(const char* name, T& value)
    {
        mark(name, sizeof(T));
        visit(value);
    }

    /// Plain bytes without a mark, for the parts of large arrays.
    void raw(void* data, std::size_t size)
    {
        if (!is_loading_) {
            const auto* first = static_cast<const std::byte*>(data);
            bytes_.insert(bytes_.end(), first, first + size);
        } else if (size > 0) {
            std::memcpy(data, next(size), size);
        }
    }

    /// While loading: the next bytes, where they lie.
    const std::byte* next(std::size_t size)
    {
        if (size > from_.size() - at_) throw ArchiveError("the state is cut off behind " + last_);
        const std::byte* here = from_.data() + at_;
        at_ += size;
        return here;
    }

    void reserve(std::size_t bytes) { bytes_.reserve(bytes_.size() + bytes); }

    /// While loading: nothing may be left.
    void end() const
    {
        if (is_loading_ && at_ != from_.size()) throw ArchiveError("the state goes on behind " + last_);
    }

    /// Number of elements of a list; while loading never more than the bytes left could hold.
    std::size_t count(std::size_t n, std::size_t least_bytes)
    {
        std::uint64_t stored = n;
        raw(&stored, sizeof stored);
        if (is_loading_ && stored > (from_.size() - at_) / (least_bytes > 0 ? least_bytes : 1))
            throw ArchiveError("a list is longer than the state behind " + last_);
        return static_cast<std::size_t>(stored);
    }

private:
    template <class T>
    static constexpr bool is_plain = std::is_arithmetic_v<T> || std::is_enum_v<T> ||
                                     (std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>);

    void mark(std::string_view name, std::size_t size)
    {
        std::uint32_t hash = 2166136261u; // FNV-1a
        for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
        hash = (hash ^ static_cast<std::uint32_t>(size)) * 16777619u;
        std::uint32_t stored = hash;
        raw(&stored, sizeof stored);
        if (stored != hash) throw ArchiveError(std::string("'").append(name).append("' was expected behind ") + last_);
        if (is_loading_) last_.assign(1, '\'').append(name).append(1, '\'');
    }

    template <class T>
    void visit(T& value)
    {
        if constexpr (requires { value.visit_state(*this); })
            value.visit_state(*this);
        else if constexpr (requires { visit_state(*this, value); })
            visit_state(*this, value);
        else if constexpr (is_plain<T>)
            raw(&value, sizeof value);
        else
            visit_parts(value);
    }

    template <class T, std::size_t N>
    void visit_parts(std::array<T, N>& values)
    {
        visit_all(values.data(), N);
    }
    template <class T>
    void visit_parts(std::vector<T>& values)
    {
        values.resize(count(values.size(), is_plain<T> ? sizeof(T) : 1));
        visit_all(values.data(), values.size());
    }
    void visit_parts(std::string& text)
    {
        text.resize(count(text.size(), 1));
        raw(text.data(), text.size());
    }
    template <class A, class B>
    void visit_parts(std::pair<A, B>& both)
    {
        visit(both.first), visit(both.second);
    }

    template <class T>
    void visit_all(T* values, std::size_t n)
    {
        constexpr bool has_visitor = requires(Archive & a, T & t) { t.visit_state(a); }
        || requires(Archive & a, T & t) { visit_state(a, t); };
        if constexpr (is_plain<T> && !has_visitor)
            raw(values, n * sizeof(T));
        else
            for (std::size_t i = 0; i < n; ++i) visit(values[i]);
    }

    std::vector<std::byte> bytes_;
    std::span<const std::byte> from_;
    std::size_t at_ = 0;
    bool is_loading_ = false;
    std::string last_ = "the beginning";
};

} // namespace sim
