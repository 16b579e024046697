#include "sim/record/h5_file.hpp"

#include "sim/record/h5_handle.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace sim::record::h5 {
namespace {

herr_t collect(unsigned, const H5E_error2_t* error, void* text)
{
    auto& reason = *static_cast<std::string*>(text);
    if (reason.empty() && error->desc != nullptr) reason = error->desc;
    return 0;
}

herr_t find_errno(unsigned, const H5E_error2_t* error, void* number)
{
    const char* at = error->desc == nullptr ? nullptr : std::strstr(error->desc, "errno = ");
    if (at != nullptr) *static_cast<int*>(number) = std::atoi(at + 8);
    return 0;
}

Handle file_access()
{
    Handle access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose};
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    H5Pset_file_locking(access, false, true); // results are replaced by renaming, never changed under a reader
    return access;
}

Handle file_creation()
{
    Handle creation{H5Pcreate(H5P_FILE_CREATE), H5Pclose};
    constexpr unsigned ordered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    H5Pset_obj_track_times(creation, false);
    H5Pset_link_creation_order(creation, ordered);
    H5Pset_attr_creation_order(creation, ordered);
    return creation;
}

} // namespace

std::unique_lock<std::recursive_mutex> enter_library()
{
    static std::recursive_mutex mutex;
    return std::unique_lock(mutex);
}

std::string last_reason()
{
    int number = 0;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, find_errno, &number);
    if (number != 0) return std::strerror(number);
    std::string reason;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, collect, &reason);
    return reason.empty() ? "unknown reason" : reason;
}

std::string library_version()
{
    const auto lock = enter_library();
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release);
}

std::size_t Variable::row_width() const
{
    std::size_t width = 1;
    for (std::size_t d = 1; d < shape.size(); ++d) width *= shape[d];
    return width;
}

File File::create(const std::string& name)
{
    const auto lock = enter_library();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    const Handle creation = file_creation(), access = file_access();
    constexpr std::size_t growth = 1 << 19; // bytes: each step is cleared and touched, also for a small file
    H5Pset_fapl_core(access, growth, false);
    static std::uint64_t number = 0; // two open files of one name are one file to the library, also in memory
    const std::string own_name = name + "#" + std::to_string(++number);
    return {name, checked(H5Fcreate(own_name.c_str(), H5F_ACC_TRUNC, creation, access), name, "create the file")};
}

File File::open(const std::string& path)
{
    const auto lock = enter_library();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    if (::access(path.c_str(), R_OK) != 0) throw IoError(path, "open the file", std::strerror(errno));
    if (H5Fis_hdf5(path.c_str()) == 0) throw IoError(path, "open the file", "not an HDF5 file");
    return {path, checked(H5Fopen(path.c_str(), H5F_ACC_RDONLY, file_access()), path, "open the file")};
}

File File::create_on_disk(const std::string& path)
{
    const auto lock = enter_library();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    return {path,
            checked(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, file_creation(), file_access()), path, "create the file")};
}

std::uint64_t File::offset(const std::string& dataset) const
{
    const Access in{path_, id_};
    return H5Dget_offset(in.dataset(dataset));
}

bool File::is_one(const std::string& path)
{
    const auto lock = enter_library();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    return H5Fis_hdf5(path.c_str()) > 0;
}

std::int64_t File::kept_open(const std::string& object)
{
    const auto lock = enter_library();
    if (kept_ >= 0 && kept_name_ == object) return kept_;
    let_go();
    kept_ = checked(H5Oopen(id_, object.c_str(), H5P_DEFAULT), path_, "open " + object);
    kept_name_ = object;
    return kept_;
}

void File::let_go()
{
    if (kept_ >= 0) H5Oclose(std::exchange(kept_, -1));
}

std::uint64_t File::size()
{
    const auto lock = enter_library();
    let_go();
    checked(H5Fflush(id_, H5F_SCOPE_GLOBAL), path_, "flush the file");
    hsize_t bytes = 0;
    checked(H5Fget_filesize(id_, &bytes), path_, "measure the file");
    return bytes;
}

void File::close()
{
    const auto lock = enter_library();
    let_go();
    checked(H5Fflush(id_, H5F_SCOPE_GLOBAL), path_, "flush the file");
    checked(H5Fclose(std::exchange(id_, -1)), path_, "close the file");
}

File::File(File&& other) noexcept
    : path_(other.path_), kept_name_(std::move(other.kept_name_)), id_(std::exchange(other.id_, -1)),
      kept_(std::exchange(other.kept_, -1))
{
}

File::~File()
{
    if (id_ < 0) return;
    const auto lock = enter_library();
    let_go();
    H5Fclose(id_);
}

std::span<const std::byte> File::image()
{
    const auto lock = enter_library();
    let_go();
    checked(H5Fflush(id_, H5F_SCOPE_GLOBAL), path_, "flush the file");
    const ssize_t size = checked(H5Fget_file_image(id_, nullptr, 0), path_, "measure the file");
    void** memory = nullptr; // the driver's own buffer, so that a large file need not be copied
    checked(H5Fget_vfd_handle(id_, H5P_DEFAULT, reinterpret_cast<void**>(&memory)), path_, "take the file from memory");
    return {static_cast<const std::byte*>(*memory), static_cast<std::size_t>(size)};
}

} // namespace sim::record::h5
