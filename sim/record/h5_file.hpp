#pragma once

#include "sim/record/series.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sim::record::h5 {

using Length = std::uint64_t;

/// Shape and storage of a dataset to create. Empty dims: a scalar.
struct Shape {
    std::vector<Length> dims{};
    std::vector<Length> chunk{}; // empty: contiguous, without filters
    bool grows = false;          // the first dimension is unlimited
};

/// What a reader finds out about a dataset.
struct Variable {
    std::string path{}; // "/name" or "/group/name"
    Kind kind = Kind::f64;
    bool is_text = false;
    std::vector<Length> shape{};
    std::vector<std::string> dimensions{}; // names of the attached scales, "" where none

    /// Values that share a place on the first axis.
    [[nodiscard]] std::size_t row_width() const;
};

/// An HDF5 file whose content also follows netCDF-4: creation order tracked, no object times, a scale on every dimension. Objects
/// are named by absolute path ("/" is the root). Every operation checks the library's status and throws IoError. The only code
/// that names HDF5 is h5_*.cpp and h5_handle.hpp. Each file belongs to one thread; threads with files of their own may work at the
/// same time, and take turns in the library.
///
/// A new file is built in memory and handed out as bytes. The library never writes to the disk itself: its updates in place leave a
/// damaged file when the process is killed among them, and a full disk leaves it unable to close.
class File {
public:
    static File create(const std::string& name); // in memory; the name is for messages
    static File open(const std::string& path);   // from the disk, read only
    /// On the disk from the start, for what is too large to be held twice; the file may be there already and is overwritten. Its space has
    /// to be reserved by the caller, and close() called: only then is it whole.
    static File create_on_disk(const std::string& path);
    void close();
    /// Where the values of a dataset without chunks lie in the file.
    std::uint64_t offset(const std::string& dataset) const;
    /// Whether a file begins like an HDF5 file.
    static bool is_one(const std::string& path);
    /// Bytes of the file so far, after a flush.
    std::uint64_t size();
    File(File&&) noexcept;
    File& operator=(File&&) = delete;
    ~File();

    const std::string& path() const { return path_; }
    /// The whole file as it would be on the disk, of a created one; valid until the next change.
    std::span<const std::byte> image();

    void create_group(const std::string& group);
    void create_dataset(const std::string& name, Kind kind, const Shape& shape); // reals get the fill value NaN
    void create_texts(const std::string& name, std::span<const std::string> texts);
    /// A dimension without a coordinate variable, in the way netCDF-4 stores it.
    void create_dimension(const std::string& name, Length length, bool grows);
    void make_scale(const std::string& dataset, const std::string& dimension);
    void attach_scale(const std::string& dataset, unsigned dimension, const std::string& scale);

    void set_attribute(const std::string& object, const Attribute& attribute); // replaces one of the same name
    void set_array_attribute(const std::string& object, const std::string& name, Kind kind, const void* values,
                             Length count);

    void resize(const std::string& dataset, Length rows); // first dimension
    void write_rows(const std::string& dataset, Kind memory, Length first, Length rows, const void* values);
    void read_rows(const std::string& dataset, Kind memory, Length first, Length rows, void* values) const;

    bool exists(const std::string& object) const;
    std::vector<Variable> variables() const; // all groups, in order of creation; pure dimensions left out
    Variable variable(const std::string& dataset) const;
    std::vector<std::string> texts(const std::string& dataset) const;
    std::vector<Attribute>
    attributes(const std::string& object) const; // text and single numbers; the format's own ones left out
    std::string text(const std::string& object, const std::string& attribute) const; // "" where there is none

private:
    File(std::string path, std::int64_t id) : path_(std::move(path)), id_(id) {}
    /// The object that was described last stays open: it has many attributes, and opening it takes longer than writing one.
    std::int64_t kept_open(const std::string& object);
    void let_go();

    std::string path_, kept_name_{};
    std::int64_t id_ = -1, kept_ = -1;
};

/// Version of the library in use, "1.10.8".
std::string library_version();

} // namespace sim::record::h5
