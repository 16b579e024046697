#pragma once

// Private to h5_*.cpp: the only header that names HDF5.
#include "sim/base/io_error.hpp"
#include "sim/record/series.hpp"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <mutex>
#include <string>
#include <type_traits>
#include <utility>

namespace sim::record::h5 {

static_assert(std::is_same_v<hid_t, std::int64_t>, "HDF5 1.10 or later");

/// Why the library's last call failed: the system's message where there is one, else the innermost description on the error stack.
std::string last_reason();

/// Passes a status or identifier through; throws IoError when it is negative.
template <class Status>
Status checked(Status status, const std::string& file, const std::string& operation)
{
    if (status < 0) throw IoError(file, operation, last_reason());
    return status;
}

/// Owns one identifier of the library.
class Handle {
public:
    using Close = herr_t (*)(hid_t);
    Handle(hid_t id, Close close) : id_(id), close_(close) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
    Handle& operator=(Handle&&) = delete;
    ~Handle()
    {
        if (id_ >= 0) close_(id_);
    }
    operator hid_t() const { return id_; }

private:
    hid_t id_;
    Close close_;
};

/// The lock of the library, which is not made for several threads even when each has a file of its own. Runs side by side meet here.
[[nodiscard]] std::unique_lock<std::recursive_mutex> enter_library();

/// The way into the library: holds its lock, opens things of one file and gives each failure its name. Made before any handle, so that
/// handles are closed under the lock.
struct Access {
    const std::string& path;
    hid_t file;
    std::unique_lock<std::recursive_mutex> lock = enter_library();

    template <class Status>
    Status check(Status status, const std::string& operation) const
    {
        return checked(status, path, operation);
    }
    Handle dataset(const std::string& name) const
    {
        return {check(H5Dopen2(file, name.c_str(), H5P_DEFAULT), "open dataset " + name), H5Dclose};
    }
    Handle object(const std::string& name) const
    {
        return {check(H5Oopen(file, name.c_str(), H5P_DEFAULT), "open " + name), H5Oclose};
    }
    Handle space_of(hid_t dataset) const
    {
        return {check(H5Dget_space(dataset), "read the shape of a dataset"), H5Sclose};
    }
};

inline hid_t memory_type(Kind kind)
{
    switch (kind) {
    case Kind::i64: return H5T_NATIVE_INT64;
    case Kind::f64: return H5T_NATIVE_DOUBLE;
    case Kind::f32: return H5T_NATIVE_FLOAT;
    case Kind::i32: return H5T_NATIVE_INT32;
    case Kind::i8: return H5T_NATIVE_INT8;
    case Kind::u64: return H5T_NATIVE_UINT64;
    }
    return -1;
}

inline hid_t file_type(Kind kind)
{
    switch (kind) {
    case Kind::i64: return H5T_STD_I64LE;
    case Kind::f64: return H5T_IEEE_F64LE;
    case Kind::f32: return H5T_IEEE_F32LE;
    case Kind::i32: return H5T_STD_I32LE;
    case Kind::i8: return H5T_STD_I8LE;
    case Kind::u64: return H5T_STD_U64LE;
    }
    return -1;
}

/// Variable-length UTF-8 text.
inline Handle text_type()
{
    Handle type{H5Tcopy(H5T_C_S1), H5Tclose};
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

} // namespace sim::record::h5
